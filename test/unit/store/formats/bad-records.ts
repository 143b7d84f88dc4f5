import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { createCatalogue } from '../../../../src/lib/domain/catalogue';
import { contentRecord, readFile } from '../../../../src/lib/store/formats/read';
import type { FormatId } from '../../../../src/lib/store/formats/registry';
import { writeDialogue } from '../../../../src/lib/store';
import { tinyPack } from '../../../support/tiny-domain';
import { aDialogue, aTurn } from '../fixtures';
import { bytesOf, join } from './sources';

/* Bad import records, made by chance from a fixed seed, between good ones: what bar 3 measures. */

/** What would do harm if anything of an import were ever run or taken for a formula, a tag or a prototype. */
const hostile = fc.constantFrom(
  '<img src=x onerror="globalThis.__harm=1">',
  '</script><script>globalThis.__harm=1</script>',
  'javascript:globalThis.__harm=1',
  '${globalThis.__harm=1}',
  "');globalThis.__harm=1;('",
  "=cmd|' /C calc'!A0",
  '{"__proto__":{"harm":1}}',
  '\u0000\u202e\ufeff',
);
const words = fc.oneof(
  hostile,
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
);
const oneLine = (text: string) => text.replace(/[\r\n]+/g, ' ');

const good = writeDialogue(
  aDialogue({ turns: [aTurn('Hello'), aTurn('Hi', { role: 'recommender' })] }),
);

/** Ways in which a line of JSON can be bad; none of them is ever a valid record. */
const badJson: fc.Arbitrary<Uint8Array> = fc.oneof(
  // Cut off.
  fc.integer({ min: 1, max: good.length - 1 }).map((end) => bytesOf(good.slice(0, end))),
  // One character lost to another, at a place that is structure.
  fc
    .constantFrom('"schemaVersion":1', '"turns":[', '"role":"user"', '"seed":7', '"config":{')
    .map((part) => bytesOf(good.replace(part, part.slice(0, -1)))),
  // Another type, or a field that nobody knows.
  fc.constantFrom(
    ...['"seed":"7"', '"seed":null', '"seed":1e999', '"seed":{}', '"surplus":1,"seed":7'].map(
      (part) => bytesOf(good.replace('"seed":7', part)),
    ),
  ),
  fc
    .constantFrom('__proto__', 'constructor', 'toString')
    .map((key) => bytesOf(good.replace('"seed":7', `"seed":7,"${key}":{"harm":1}`))),
  // Any JSON, any words, nesting without end, bytes that are no text.
  fc.jsonValue({ maxDepth: 4 }).map((value) => bytesOf(JSON.stringify(value))),
  words
    .map(oneLine)
    .filter((text) => text.trim() !== '')
    .map((text) => bytesOf(text)),
  fc.integer({ min: 65, max: 5000 }).map((deep) => bytesOf('['.repeat(deep) + ']'.repeat(deep))),
  fc
    .uint8Array({ minLength: 1, maxLength: 40 })
    .map((bytes) => join([new Uint8Array([0xff]), bytes.map((byte) => (byte === 10 ? 11 : byte))])),
);

/** Ways in which a row of a table of four cells can be bad; the last cell is short enough to see the end of a quote. */
const badRow: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.constantFrom('x', 'x,user', 'x,0,user', 'x,0,user,Hi,more,cells').map((row) => bytesOf(row)),
  words.map(oneLine).map((text) => bytesOf(`x,0,"user"${text.replace(/[",;\t]/g, '')}z,Hi`)),
  words.map(oneLine).map((text) => bytesOf(`x,0,"${text.replaceAll('"', '""')}",Hi`)),
  fc.constantFrom(',0,user,Hi', '" ",0,user,Hi').map((row) => bytesOf(row)),
  fc
    .uint8Array({ minLength: 1, maxLength: 30 })
    .map((bytes) =>
      join([
        bytesOf('x,0,user,'),
        new Uint8Array([0xff]),
        bytes.map((byte) => (byte === 10 ? 11 : byte)),
      ]),
    ),
);

/** A `record` of a Parquet row that is none; not UTF-8 among them. */
const badCell: fc.Arbitrary<Uint8Array> = badJson;

export interface BadCase {
  format: FormatId;
  file: Blob;
  /** Lines or rows that must be told as bad. */
  bad: ReadonlySet<number>;
  /** Lines of dialogues that a bad row after them may be part of: they are left out, or not. */
  either: ReadonlySet<number>;
  good: number;
}

/** After how many bad records a good one stands. */
const stride = 5;

function sample(arbitrary: fc.Arbitrary<Uint8Array>, count: number, seed: number): Uint8Array[] {
  return fc.sample(arbitrary, { numRuns: count, seed });
}

/** Bad records between good ones; `null` stands for a good one. */
function mixed(bad: readonly Uint8Array[]): (Uint8Array | null)[] {
  return bad.flatMap((bytes, i) => (i % stride === 0 ? [null, bytes] : [bytes]));
}

function badPlaces(records: readonly (Uint8Array | null)[], first: number): ReadonlySet<number> {
  return new Set(records.flatMap((bytes, i) => (bytes === null ? [] : [i + first])));
}

function goodRecord(i: number): string {
  return good.replace('"id":"dialogue-1"', `"id":"dialogue-${String(i)}"`);
}

/** `count` bad records in each of the three kinds of file. */
export function badCases(count: number, seed: number): BadCase[] {
  const lines = mixed(sample(badJson, count, seed));
  const rows = mixed(sample(badRow, count, seed + 1));
  const cells = mixed(sample(badCell, count, seed + 2));
  const newline = bytesOf('\n');
  const jsonl = lines.flatMap((bytes, i) => [bytes ?? bytesOf(goodRecord(i)), newline]);
  // A row that cannot be read may be of the dialogue before it, so each good one is followed by one that may be lost.
  const table = rows.flatMap((bytes, i) =>
    bytes === null
      ? [
          { bytes: bytesOf(`good-${String(i)},0,user,Hello`), kind: 'good' },
          { bytes: bytesOf(`either-${String(i)},0,user,Hello`), kind: 'either' },
        ]
      : [{ bytes, kind: 'bad' }],
  );
  const csv = table.flatMap(({ bytes }) => [bytes, newline]);
  const csvLines = (kind: string) =>
    new Set(table.flatMap((row, i) => (row.kind === kind ? [i + 2] : [])));
  const parquet = parquetWriteBuffer({
    columnData: [
      { name: 'record', data: cells.map((bytes, i) => bytes ?? bytesOf(goodRecord(i))) },
    ],
    schema: [
      { name: 'root', num_children: 1 },
      { name: 'record', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
    ],
  });
  const goodOnes = Math.ceil(count / stride);
  return [
    {
      format: 'jsonl',
      file: new Blob([join(jsonl)]),
      bad: badPlaces(lines, 1),
      either: new Set(),
      good: goodOnes,
    },
    {
      format: 'csv',
      file: new Blob([join([bytesOf('dialogue_id,turn,role,text\n'), ...csv])]),
      bad: csvLines('bad'),
      either: csvLines('either'),
      good: goodOnes,
    },
    {
      format: 'parquet',
      file: new Blob([parquet]),
      bad: badPlaces(cells, 1),
      either: new Set(),
      good: goodOnes,
    },
  ];
}

export interface BadReport {
  format: FormatId;
  /** Bad records, and those of them that were told with their line and a reason. */
  bad: number;
  told: number;
  /** Good records, and those of them that were read. */
  good: number;
  read: number;
  /** Lines told that hold nothing bad. */
  wrong: number;
}

/** Reads a file of bad records as the page does. */
export async function readBad({
  format,
  file,
  bad,
  either,
  good: goodOnes,
}: BadCase): Promise<BadReport> {
  const context = {
    id: 'dataset',
    name: 'Bad',
    licence: 'none',
    attribution: '',
    catalogue: createCatalogue(tinyPack),
    now: 1,
    actionLines: true,
  };
  const told = new Set<number>();
  let read = 0;
  let wrong = 0;
  for await (const found of readFile(file, format)) {
    const record = contentRecord(found, context);
    if (either.has(record.line)) continue;
    if (record.ok) read += 1;
    else if (record.reason !== '' && bad.has(record.line)) told.add(record.line);
    else wrong += 1;
  }
  return { format, bad: bad.size, told: told.size, good: goodOnes, read, wrong };
}
