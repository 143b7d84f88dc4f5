import { byteLines } from '../../../../src/lib/store/formats/byte-lines';
import { defaultLimits } from '../../../../src/lib/store/formats/limits';
import type { Found, ImportLimits } from '../../../../src/lib/store/formats/limits';

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** The same bytes in chunks of a size. */
export function chunked(bytes: Uint8Array, size: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += size) {
    chunks.push(bytes.subarray(start, start + size));
  }
  return chunks;
}

export function linesOf(
  text: string,
  limits: Partial<ImportLimits> = {},
): AsyncGenerator<Found<string>> {
  return byteLines([bytesOf(text)], { ...defaultLimits, ...limits });
}

export async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const held: T[] = [];
  for await (const value of values) held.push(value);
  return held;
}

/** What was good, by line. */
export function values<T>(found: readonly Found<T>[]): [number, T][] {
  return found.flatMap((one) => (one.ok ? [[one.line, one.value] as [number, T]] : []));
}

/** Lines of what was bad. */
export function badLines(found: readonly Found<unknown>[]): number[] {
  return found.flatMap((one) => (one.ok ? [] : [one.line]));
}

export function join(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
