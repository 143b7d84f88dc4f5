import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, FileMetaData, SchemaTree } from 'hyparquet';
import { bad, count, good, tooBig } from './limits';
import type { Found, ImportLimits } from './limits';
import { footerRange, guarded, guardFooter, ParquetGuard, refuseParquet } from './parquet-guard';
import type { PageColumn } from './parquet-pages';

/** A file of which parts can be read. */
export type Parts = Pick<Blob, 'size' | 'slice'>;

export interface ParquetFile {
  columns: readonly string[];
  rows: number;
  /** What the file says of itself, by key. */
  notes: ReadonlyMap<string, string>;
  /** The rows in order, by column; rows count from 1. Errors: `bad-input`. */
  read(): AsyncGenerator<Found<Readonly<Record<string, unknown>>>>;
}

/** Names that no column may have: as keys of an object they would not be data. */
const forbiddenNames = ['__proto__', 'constructor', 'prototype'];
const codecs = ['UNCOMPRESSED', 'SNAPPY'];
/** Longest footer; its size grows with row groups times columns. */
const longestFooter = 16 * 2 ** 20;
/** Most rows that are unpacked at a time. */
const batch = 20_000;

/** Stands where a text's bytes are not UTF-8. */
const unreadable = Symbol('not UTF-8');
const decoder = new TextDecoder('utf-8', { fatal: true });

function textOf(bytes: Uint8Array | undefined): string | symbol | undefined {
  if (!bytes) return undefined;
  try {
    return decoder.decode(bytes);
  } catch {
    return unreadable;
  }
}

/** Texts are told when they are not UTF-8; JSON stays text, so that its depth can be looked at; shapes are not read. */
const parsers = {
  stringFromBytes: textOf,
  jsonFromBytes: textOf,
  geometryFromBytes: () => null,
  geographyFromBytes: () => null,
};

/**
 * Opens a Parquet file: only its footer is read. Text columns must be UTF-8; pages plain or packed with Snappy.
 * Errors: `bad-input`.
 */
export async function openParquet(file: Parts, limits: ImportLimits): Promise<ParquetFile> {
  if (file.size > limits.fileBytes) throw tooBig(limits.fileBytes);
  const metadata = await readMetadata(file);
  const tree = guarded(() => parquetSchema(metadata));
  checkColumns(tree);
  const rows = metadata.row_groups.map(({ num_rows }) => Number(num_rows));
  const total = rows.reduce((sum, n) => sum + n, 0);
  if (rows.some((n) => n < 0) || total > limits.records || Number(metadata.num_rows) !== total) {
    refuseParquet(`it claims ${count(Number(metadata.num_rows))} rows`);
  }
  return {
    columns: tree.children.map(({ element }) => element.name),
    rows: total,
    notes: new Map(metadata.key_value_metadata?.map(({ key, value }) => [key, value ?? ''])),
    read: () => readRows(file, metadata, tree, limits),
  };
}

async function readMetadata(file: Parts): Promise<FileMetaData> {
  const tail = await bytesOf(file, Math.max(0, file.size - 8), file.size);
  const { start, end } = footerRange(tail, file.size);
  if (end - start > longestFooter) refuseParquet('its footer is too long');
  const footer = await bytesOf(file, start, end);
  guardFooter(footer);
  return guarded(() => parquetMetadata(footer, { geoparquet: false }));
}

async function bytesOf(file: Parts, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

function checkColumns({ element, children }: SchemaTree): void {
  if (forbiddenNames.includes(element.name)) {
    refuseParquet(`it has a column called "${element.name}"`);
  }
  if (element.logical_type?.type === 'VARIANT') {
    refuseParquet(`its column "${element.name}" has a type that is not read here`);
  }
  for (const child of children) checkColumns(child);
}

async function* readRows(
  file: Parts,
  metadata: FileMetaData,
  tree: SchemaTree,
  limits: ImportLimits,
): AsyncGenerator<Found<Readonly<Record<string, unknown>>>> {
  const buffer = await guardedBuffer(file, metadata, tree, limits);
  let length = 0;
  for (const { start, end } of ranges(metadata)) {
    const options = { file: buffer, metadata, rowStart: start, rowEnd: end, parsers };
    const read = await parquetReadObjects({ ...options, geoparquet: false }).catch(
      (reason: unknown) =>
        guarded((): never => {
          throw reason;
        }),
    );
    for (const [i, row] of read.entries()) {
      const size = sizeOf(row, limits.depth);
      length += size ?? 0;
      if (length > limits.unpackedBytes) refuseParquet('its rows hold more than fits here');
      const line = start + i + 1;
      if (size === null) yield bad(line, 'It holds a text that is not UTF-8.');
      else if (size > limits.recordLength) {
        yield bad(line, `It is longer than ${count(limits.recordLength)} characters.`);
      } else yield good(line, row);
    }
  }
}

/** The rows in parts, none of which goes over two row groups. */
function* ranges({ row_groups: groups }: FileMetaData): Generator<{ start: number; end: number }> {
  let first = 0;
  for (const { num_rows: rows } of groups) {
    const last = first + Number(rows);
    for (let start = first; start < last; start += batch) {
      yield { start, end: Math.min(last, start + batch) };
    }
    first = last;
  }
}

/** UTF-16 units of a value's texts, and one for everything else; `null` when a text is not UTF-8. */
function sizeOf(value: unknown, depth: number): number | null {
  if (value === unreadable) return null;
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null || depth === 0) return 1;
  let size = 1;
  for (const held of Object.values(value)) {
    const part = sizeOf(held, depth - 1);
    if (part === null) return null;
    size += part;
  }
  return size;
}

/** The file's bytes, given out only after all its pages were checked. */
async function guardedBuffer(
  file: Parts,
  metadata: FileMetaData,
  tree: SchemaTree,
  limits: ImportLimits,
): Promise<AsyncBuffer> {
  const guard = new ParquetGuard(limits);
  for (const { columns } of metadata.row_groups) {
    for (const { meta_data: column, file_path: path } of columns) {
      if (!column || path !== undefined) refuseParquet('a column of it lies in another file');
      if (!codecs.includes(column.codec)) {
        refuseParquet(
          `it is packed with ${String(column.codec)}; write it with Snappy or unpacked`,
        );
      }
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      const end = start + Number(column.total_compressed_size);
      if (!(start >= 0 && end >= start && end <= file.size))
        refuseParquet('a column of it is cut off');
      const shape = guarded(() => pageColumn(tree, column.path_in_schema));
      guard.checkChunk(await bytesOf(file, start, end), shape, column.codec);
    }
  }
  return {
    byteLength: file.size,
    slice: (start, end) => file.slice(start, end ?? file.size).arrayBuffer(),
  };
}

/** How deep a column's values are nested, as the format counts it. */
function pageColumn(tree: SchemaTree, path: readonly string[]): PageColumn {
  let node = tree;
  let repetitionLevel = 0;
  let definitionLevel = 0;
  for (const name of path) {
    const child = node.children.find(({ element }) => element.name === name);
    if (!child) throw new Error('its columns do not fit its schema');
    node = child;
    if (node.element.repetition_type === 'REPEATED') repetitionLevel += 1;
    if (node.element.repetition_type !== 'REQUIRED') definitionLevel += 1;
  }
  const { type, type_length: length = 0 } = node.element;
  if (type === 'FIXED_LEN_BYTE_ARRAY' && (length < 0 || length > 1024)) {
    throw new Error('a column of it is too wide');
  }
  return { repetitionLevel, definitionLevel, isBoolean: type === 'BOOLEAN' };
}
