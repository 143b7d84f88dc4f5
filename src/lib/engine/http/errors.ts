import { LabError } from '../../contracts/errors';

/** Longest part of an endpoint's own words that is kept. */
const quoted = 500;

const advice: Record<number, string> = {
  400: 'It does not accept the request: check the grammar field and the model.',
  401: 'It wants an API key: set the environment variable that holds it.',
  403: 'The API key may not use this model.',
  404: 'There is no such address or model: check the base URL (it ends in /v1) and the model name.',
  413: 'The dialogue is too long for it: lower the number of turns.',
  422: 'It does not accept the request: check the grammar field and the model.',
  429: 'It has had too many requests: wait, or run fewer dialogues at once.',
};

/** The endpoint answered, but not with a completion. */
export function refused(url: string, status: number, body: string): LabError {
  const hint =
    advice[status] ??
    (status >= 500 ? 'It has a fault of its own: look at its log.' : 'Check its address.');
  return new LabError(
    'endpoint-refused',
    `The endpoint ${url} refused the request with status ${status}. ${hint}`,
    body.slice(0, quoted),
  );
}

/** The endpoint answered with something that is no completion. */
export function unreadable(url: string, body: string): LabError {
  return new LabError(
    'endpoint-refused',
    `The endpoint ${url} did not answer in the OpenAI format. Check that its base URL ends in /v1.`,
    body.slice(0, quoted),
  );
}

/** Nobody answered. */
export function unreachable(url: string, reason: unknown): LabError {
  const cause = reason instanceof Error && reason.cause instanceof Error ? reason.cause : reason;
  return new LabError(
    'endpoint-unreachable',
    `The endpoint ${url} cannot be reached. Start it, or check its address and your network.`,
    cause instanceof Error ? cause.message : String(cause),
  );
}
