import { LabError } from '../../contracts/errors';

/** What wllama throws, as one of our errors. */
export function wasmError(reason: unknown): unknown {
  if (reason instanceof LabError) return reason;
  const detail = reason instanceof Error ? reason.message : String(reason);
  if (/exceeds the available context size|context size has been exceeded/i.test(detail))
    return contextFull(detail);
  if (/parse grammar|initialize samplers/i.test(detail))
    return new LabError(
      'bad-input',
      'The engine cannot read the grammar of this turn. This is a fault of the program that asks.',
      detail,
    );
  return new LabError(
    'engine-failed',
    'The WebAssembly engine stopped. Load the model again; if it happens at once, close other tabs to free memory.',
    detail,
  );
}

/**
 * True for the way in which wllama 3.8.1 fails on an answer that ends inside a character, as an emoji cut by the
 * token limit: it cannot write the last message as JSON. All whole characters were told before.
 */
export function endedInsideCharacter(reason: unknown): boolean {
  return reason instanceof Error && /^Invalid typed array length/.test(reason.message);
}

/** The error of a dialogue that has outgrown the model. */
export function contextFull(detail: string): LabError {
  return new LabError(
    'context-full',
    "The dialogue has grown longer than the model's context. Lower the number of turns or the length of a turn.",
    detail,
  );
}
