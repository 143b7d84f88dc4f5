import { LabError } from '../../contracts/errors';
import { bad, count, countedChunks, good } from './limits';
import type { ByteSource, Found, ImportLimits } from './limits';

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a file, without their ends (LF or CRLF) and a byte order mark. A line that is not UTF-8 or too long is
 * told as bad and the next one read: bytes are cut before they are decoded, so one bad line spoils no other.
 *
 * Errors: `bad-input` for a file over the limit, and for UTF-16.
 */
export async function* byteLines(
  source: ByteSource,
  limits: ImportLimits,
): AsyncGenerator<Found<string>> {
  const line = new LineBytes(limits.recordLength);
  let number = 1;
  for await (const chunk of countedChunks(source, limits)) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      line.add(chunk.subarray(start, end));
      yield line.take(number);
      number += 1;
      start = end + 1;
    }
    line.add(chunk.subarray(start));
  }
  if (!line.isEmpty) yield line.take(number);
}

/** The bytes of the line that is being read; of one that is too long only the length is kept. */
class LineBytes {
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(readonly longest: number) {}

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  add(piece: Uint8Array): void {
    this.#length += piece.byteLength;
    // A UTF-16 unit takes three bytes at most.
    if (this.#length > 3 * this.longest) this.#pieces = [];
    else if (piece.byteLength > 0) this.#pieces.push(piece.slice());
  }

  take(number: number): Found<string> {
    const pieces = this.#pieces;
    const length = this.#length;
    this.#pieces = [];
    this.#length = 0;
    if (length > 3 * this.longest) return this.#tooLong(number);
    const bytes = joined(pieces, length);
    if (number === 1) refuseUtf16(bytes);
    const end = bytes.at(-1) === carriageReturn ? length - 1 : length;
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: number > 1 }).decode(
        bytes.subarray(0, end),
      );
    } catch {
      return bad(number, 'It is not text in UTF-8.');
    }
    return text.length > this.longest ? this.#tooLong(number) : good(number, text);
  }

  #tooLong(number: number): Found<never> {
    return bad(number, `It is longer than ${count(this.longest)} characters.`);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first) return first;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes;
}

function refuseUtf16(bytes: Uint8Array): void {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new LabError('bad-input', 'The file is UTF-16. Save it as UTF-8 and import it again.');
  }
}

/**
 * A file's text in pieces, without a byte order mark. Errors: `bad-input` for a file over the limit, for UTF-16 and
 * for bytes that are not UTF-8, naming the line.
 */
export async function* textPieces(
  source: ByteSource,
  limits: ImportLimits,
): AsyncGenerator<string> {
  for await (const found of byteLines(source, limits)) {
    if (found.ok) yield `${found.value}\n`;
    else {
      throw new LabError('bad-input', `Line ${count(found.line)} cannot be read. ${found.reason}`);
    }
  }
}
