import { LabError } from '../contracts/errors';
import { streamChunks } from '../engine/files/source';

export type LineSource =
  | string
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>;

export interface LineOptions {
  /** Most UTF-16 units that a line may have. */
  maxLength?: number;
}

/** Room for a traced dialogue many times over. */
export const defaultMaxLineLength = 16 * 1024 * 1024;

/**
 * The lines of a text that arrives in pieces, without their line ends (LF or CRLF); no more than
 * one line is held at a time. An empty last line is not given.
 *
 * Errors: `bad-input` for a line that is too long and for bytes that are not UTF-8.
 */
export async function* splitLines(
  source: LineSource,
  { maxLength = defaultMaxLineLength }: LineOptions = {},
): AsyncGenerator<string> {
  let held: string[] = [];
  let heldLength = 0;
  let number = 1;
  const add = (piece: string): void => {
    heldLength += piece.length;
    if (heldLength > maxLength) throw tooLong(number, maxLength);
    if (piece !== '') held.push(piece);
  };
  const take = (): string => {
    const line = held.join('');
    held = [];
    heldLength = 0;
    number += 1;
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  };
  for await (const piece of decoded(source)) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      add(piece.slice(start, end));
      yield take();
      start = end + 1;
    }
    add(piece.slice(start));
  }
  if (heldLength > 0) yield take();
}

function tooLong(number: number, maxLength: number): LabError {
  return new LabError(
    'bad-input',
    `Line ${number} is longer than ${maxLength.toLocaleString('en')} characters, so this is not a file of ` +
      'one record a line. Choose a JSONL file.',
  );
}

/** Pieces of text, whatever the source; a character cut in two by a chunk's end is put together. */
async function* decoded(source: LineSource): AsyncGenerator<string> {
  if (typeof source === 'string') {
    yield source;
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const piece of 'getReader' in source ? streamChunks(source) : source) {
    yield typeof piece === 'string' ? piece : decode(decoder, piece);
  }
  yield decode(decoder);
}

function decode(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (reason) {
    throw new LabError(
      'bad-input',
      'The file is not text in UTF-8. Save it as UTF-8 and try again.',
      String(reason),
    );
  }
}
