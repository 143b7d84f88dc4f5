import type { Dialogue } from '../../contracts/dialogue';
import { checkDialogue } from '../record-check';
import { byteLines } from './byte-lines';
import { readChat } from './chat';
import { readCrsLab } from './crslab';
import { csvRecords, csvRows, guessDelimiter, type Delimiter, type Row } from './csv';
import { readDialogueKit } from './dialoguekit';
import { groupedRows, type TurnTable } from './grouped-rows';
import { inspiredTable } from './inspired';
import { jsonLines, jsonRecords } from './json';
import { readLaps } from './laps';
import { bad, count, defaultLimits, good, type Found, type ImportLimits } from './limits';
import { readLlmRedial } from './llm-redial';
import { readOpenDialKg } from './opendialkg';
import { readParquetRows } from './parquet-rows';
import type { Parts } from './parquet-read';
import { readPearl } from './pearl';
import { readRedial } from './redial';
import type { FormatId } from './registry';
import type { ReadSource, SourceDialogue } from './source';
import { toDialogue, type ImportContext } from './to-dialogue';
import { turnTable } from './turn-table';

/** A file: its bytes in order, and for Parquet also by place. */
export interface SourceFile extends Parts {
  stream(): ReadableStream<Uint8Array>;
}

/** A dialogue of a file, as its own record or as the source has it. */
export type Content = { record: Dialogue } | { source: SourceDialogue };

type Lines = AsyncGenerator<Found<string>>;

/** Formats of one JSON value a dialogue (LAPS: a person). */
const byRecord: Partial<Record<FormatId, ReadSource>> = {
  redial: readRedial,
  laps: readLaps,
  pearl: readPearl,
  crslab: readCrsLab,
  dialoguekit: readDialogueKit,
  sharegpt: readChat,
  chatml: readChat,
};

/**
 * The dialogues of a file in a format, one after the other, and every record that is none with its line and the reason.
 * Errors: `bad-input` for a file as a whole: over a limit, UTF-16, no Parquet.
 */
export async function* readFile(
  file: SourceFile,
  format: FormatId,
  limits: ImportLimits = defaultLimits,
): AsyncGenerator<Found<Content>> {
  let records = 0;
  for await (const found of contents(file, format, limits)) {
    records += 1;
    if (records > limits.records) {
      yield bad(
        found.line,
        `The file has more than ${count(limits.records)} records: the rest is not read.`,
      );
      return;
    }
    yield found;
  }
}

async function* contents(
  file: SourceFile,
  format: FormatId,
  limits: ImportLimits,
): AsyncGenerator<Found<Content>> {
  if (format === 'parquet') yield* readParquetRows(file, limits);
  else {
    const lines = byteLines(file.stream(), limits);
    if (format === 'jsonl') yield* records(jsonLines(lines, limits));
    else yield* sources(sourcesOf(lines, format, limits));
  }
}

async function* records(values: AsyncIterable<Found<unknown>>): AsyncGenerator<Found<Content>> {
  for await (const found of values) yield found.ok ? recordOf(found.value, found.line) : found;
}

/** A parsed value as a record. */
export function recordOf(value: unknown, line: number): Found<Content> {
  const checked = checkDialogue(value);
  return checked.ok ? good(line, { record: checked.dialogue }) : bad(line, checked.reason);
}

async function* sources(
  values: AsyncIterable<Found<SourceDialogue>>,
): AsyncGenerator<Found<Content>> {
  for await (const found of values) {
    yield found.ok ? good(found.line, { source: found.value }) : found;
  }
}

async function* sourcesOf(
  lines: Lines,
  format: FormatId,
  limits: ImportLimits,
): AsyncGenerator<Found<SourceDialogue>> {
  const read = byRecord[format];
  if (read) yield* recordSources(jsonRecords(lines, limits), read);
  else if (format === 'llm-redial') yield* readLlmRedial(lines);
  else if (format === 'opendialkg') yield* rowSources(lines, limits);
  else if (format === 'inspired') yield* tableSources(lines, inspiredTable, limits, '\t');
  else yield* tableSources(lines, turnTable, limits, null);
}

async function* recordSources(
  values: AsyncIterable<Found<unknown>>,
  read: ReadSource,
): AsyncGenerator<Found<SourceDialogue>> {
  for await (const found of values) {
    if (found.ok) yield* read(found.value, found.line);
    else yield found;
  }
}

async function* rowSources(
  lines: Lines,
  limits: ImportLimits,
): AsyncGenerator<Found<SourceDialogue>> {
  for await (const found of table(lines, ',', limits)) {
    if (found.ok) yield* readOpenDialKg(found.value, found.line);
    else yield found;
  }
}

async function* tableSources(
  lines: Lines,
  turns: TurnTable,
  limits: ImportLimits,
  delimiter: Delimiter | null,
): AsyncGenerator<Found<SourceDialogue>> {
  yield* groupedRows(table(lines, delimiter, limits), turns);
}

/** Rows by column; without a delimiter, the header tells it. */
export async function* table(
  lines: Lines,
  delimiter: Delimiter | null,
  limits: ImportLimits,
): AsyncGenerator<Found<Row>> {
  const first = await lines.next();
  if (first.done === true) return;
  const header = first.value.ok ? first.value.value : '';
  const rest = (async function* (): Lines {
    yield first.value;
    yield* lines;
  })();
  yield* csvRecords(csvRows(rest, delimiter ?? guessDelimiter(header), limits));
}

/** A found dialogue as a record of the dataset, checked as one that is read from JSONL. */
export function contentRecord(
  found: Found<Content>,
  context: ImportContext,
): Found<{ dialogue: Dialogue; titles: { marked: number; linked: number } }> {
  if (!found.ok) return found;
  const { line, value } = found;
  if ('record' in value) {
    return good(line, { dialogue: value.record, titles: { marked: 0, linked: 0 } });
  }
  const made = toDialogue(value.source, context);
  if (typeof made === 'string') return bad(line, made);
  const checked = checkDialogue(made.dialogue);
  return checked.ok ? good(line, made) : bad(line, checked.reason);
}
