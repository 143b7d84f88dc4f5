import { LabError } from '../../contracts/errors';
import { streamChunks } from '../../engine/files/source';

/** How much an import may be. Every figure is of what was really read, never of what a file says of itself. */
export interface ImportLimits {
  /** Most bytes of a file. */
  fileBytes: number;
  /** Most UTF-16 units of one record: a line, a JSON value, a table's row. */
  recordLength: number;
  /** Most brackets within brackets of a JSON value. */
  depth: number;
  /** Most records of a file. */
  records: number;
  /** Most bytes that a Parquet file may unpack to, all its pages together. */
  unpackedBytes: number;
  /** Most values of one page of a Parquet file; the whole file may have ten times as many. */
  pageValues: number;
}

const mebi = 2 ** 20;

/** Room for the largest public datasets of the field many times over, and small enough for a browser tab. */
export const defaultLimits: ImportLimits = {
  fileBytes: 512 * mebi,
  recordLength: 16 * mebi,
  depth: 64,
  records: 200_000,
  unpackedBytes: 512 * mebi,
  pageValues: 2_000_000,
};

/** One record as it was found, or why there is none. Lines and rows count from 1. */
export type Found<T> =
  { line: number; ok: true; value: T } | { line: number; ok: false; reason: string };

export function good<T>(line: number, value: T): Found<T> {
  return { line, ok: true, value };
}

export function bad(line: number, reason: string): Found<never> {
  return { line, ok: false, reason };
}

/** Numbers as messages show them: "16,777,216". */
export function count(value: number): string {
  return value.toLocaleString('en');
}

export type ByteSource =
  ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * A source's chunks, counted as they come. A stream is read through its reader: not every browser can iterate one.
 * Errors: `bad-input` when there are more bytes than the limit.
 */
export async function* countedChunks(
  source: ByteSource,
  { fileBytes }: Pick<ImportLimits, 'fileBytes'>,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of 'getReader' in source ? streamChunks(source) : source) {
    bytes += chunk.byteLength;
    if (bytes > fileBytes) throw tooBig(fileBytes);
    yield chunk;
  }
}

/** Errors: as thrown. */
export function tooBig(fileBytes: number): LabError {
  return new LabError(
    'bad-input',
    `The file has more than ${count(Math.floor(fileBytes / mebi))} MiB. Split it and import the parts.`,
  );
}
