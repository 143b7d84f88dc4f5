import { isAbort, LabError, toErrorData, type ErrorCode } from '../lib/contracts/errors';

/** What the commands end with. */
export const exitCodes = { ok: 0, input: 2, engine: 3, storage: 4, interrupted: 130 } as const;

const ofInput: readonly ErrorCode[] = [
  'bad-input',
  'bad-config',
  'catalogue-invalid',
  'profile-invalid',
];

/** The exit code of an error: 2 for what was asked, 3 for engines and models, 4 for files and storage. */
export function exitCodeOf(code: ErrorCode): number {
  if (ofInput.includes(code)) return exitCodes.input;
  return code.startsWith('storage') ? exitCodes.storage : exitCodes.engine;
}

/** Runs a command's body; an error is printed on stderr for people, the result is the exit code. */
export async function guarded(body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (reason) {
    if (isAbort(reason)) return exitCodes.interrupted;
    const { code, message, detail } = toErrorData(reason);
    process.stderr.write(`${message}${detail === undefined ? '' : `\n  ${detail}`}\n  (${code})\n`);
    // A stack helps only where the program itself is at fault.
    if (!(reason instanceof LabError) && reason instanceof Error) {
      process.stderr.write(`${reason.stack ?? ''}\n`);
    }
    return exitCodeOf(code);
  }
}
