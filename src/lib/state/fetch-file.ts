import { LabError, type ErrorCode } from '../contracts/errors';

/** A file of this site as text. Errors: `code`, saying which file and what to do. */
export async function fetchText(address: string, code: ErrorCode): Promise<string> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (reason) {
    throw missing(address, code, reason instanceof Error ? reason.message : String(reason));
  }
  if (!response.ok) throw missing(address, code, `HTTP ${String(response.status)}`);
  return response.text();
}

/** The same, read as JSON. */
export async function fetchJson(address: string, code: ErrorCode): Promise<unknown> {
  const text = await fetchText(address, code);
  try {
    return JSON.parse(text);
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new LabError(code, `The file ${address} is damaged. Reload the page.`, words);
  }
}

function missing(address: string, code: ErrorCode, detail: string): LabError {
  return new LabError(
    code,
    'A file of this site could not be read. Check that the site is still served, then try again.',
    `${address}: ${detail}`,
  );
}
