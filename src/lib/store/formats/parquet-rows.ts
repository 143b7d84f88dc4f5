import type { Dialogue } from '../../contracts/dialogue';
import { canonicalJson } from '../canonical';
import { checkDialogue } from '../record-check';
import { readChat } from './chat';
import { groupedRows } from './grouped-rows';
import { field, readJson, textField, type Fields } from './json';
import { bad, good, type Found, type ImportLimits } from './limits';
import { openParquet, type ParquetFile, type Parts } from './parquet-read';
import { parquetPieces, type TextColumn } from './parquet-write';
import { readPearl } from './pearl';
import { readRedial } from './redial';
import type { SourceDialogue } from './source';
import { turnTable } from './turn-table';
import { sourceFields, type WriteContext } from './write-context';

type Content = { record: Dialogue } | { source: SourceDialogue };

/**
 * Dialogues of a Parquet file, by its columns: our own (`record`), chats (`messages`, `conversations`), PEARL's
 * (`dialogue`), ReDial's, or one turn a row. A row is told by its number.
 */
export async function* readParquetRows(
  file: Parts,
  limits: ImportLimits,
): AsyncGenerator<Found<Content>> {
  const parquet = await openParquet(file, limits);
  const has = (...names: readonly string[]) =>
    names.every((name) => parquet.columns.includes(name));
  if (has('record')) yield* ownRows(parquet, limits);
  else if (has('dialogue_id', 'role', 'text')) yield* turnRows(parquet);
  else {
    const read = has('conversationId', 'messages')
      ? readRedial
      : has('dialogue')
        ? readPearl
        : has('messages') || has('conversations')
          ? readChat
          : null;
    if (read === null) {
      yield bad(
        1,
        `Its columns (${parquet.columns.slice(0, 12).join(', ')}) are those of no format that is read here.`,
      );
      return;
    }
    for await (const found of parquet.read()) {
      if (!found.ok) yield found;
      else {
        for (const one of read(plainNumbers(found.value), found.line)) {
          yield one.ok ? good(one.line, { source: one.value }) : one;
        }
      }
    }
  }
}

/** 64-bit numbers as numbers: ids and flags of the formats fit. */
function plainNumbers(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainNumbers);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, plainNumbers(held)]));
}

async function* ownRows(
  parquet: ParquetFile,
  limits: ImportLimits,
): AsyncGenerator<Found<Content>> {
  for await (const found of parquet.read()) {
    if (!found.ok) {
      yield found;
      continue;
    }
    const { line } = found;
    const text = textField(found.value, 'record');
    const read =
      text === null ? bad(line, 'Its column "record" is no text.') : readJson(line, text, limits);
    if (!read.ok) yield read;
    else {
      const checked = checkDialogue(read.value);
      yield checked.ok ? good(line, { record: checked.dialogue }) : bad(line, checked.reason);
    }
  }
}

async function* turnRows(parquet: ParquetFile): AsyncGenerator<Found<Content>> {
  const rows = (async function* () {
    for await (const found of parquet.read()) {
      yield found.ok ? good(found.line, textRow(found.value, parquet.columns)) : found;
    }
  })();
  for await (const found of groupedRows(rows, turnTable)) {
    yield found.ok ? good(found.line, { source: found.value }) : found;
  }
}

function textRow(row: Fields, columns: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    columns.map((name) => {
      const value = field(row, name);
      const isPlain = ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
      return [name, isPlain ? String(value as string | number | bigint | boolean) : ''];
    }),
  );
}

const columns: readonly TextColumn[] = [
  { name: 'id', type: 'STRING' },
  { name: 'run_id', type: 'STRING' },
  { name: 'profile_id', type: 'STRING' },
  { name: 'domain', type: 'STRING' },
  { name: 'outcome', type: 'STRING' },
  { name: 'turns', type: 'INT32' },
  { name: 'user', type: 'STRING' },
  { name: 'recommender', type: 'STRING' },
  { name: 'text', type: 'STRING' },
  { name: 'dataset', type: 'STRING' },
  { name: 'licence', type: 'STRING' },
  { name: 'attribution', type: 'STRING' },
  { name: 'record', type: 'STRING' },
];

/**
 * Dialogues as a Parquet file, one a row: what one looks for as columns, and the whole record as JSON, so that reading
 * it back is exact. `notes` go into the footer.
 */
export function writeParquet(
  dialogues: AsyncIterable<Dialogue>,
  notes: ReadonlyMap<string, string>,
  context: Pick<WriteContext, 'source'> = { source: sourceFields },
): AsyncGenerator<Uint8Array> {
  const rows = (async function* () {
    for await (const dialogue of dialogues) {
      const { dataset, licence, attribution } = context.source(dialogue);
      const said = dialogue.turns.map(({ role, text }) => `${role}: ${text}`);
      yield [
        dialogue.id,
        dialogue.runId,
        dialogue.profileId,
        dialogue.domain,
        dialogue.outcome?.status ?? null,
        dialogue.turns.length,
        dialogue.models.user.id,
        dialogue.models.recommender.id,
        said.join('\n'),
        dataset,
        licence,
        attribution ?? null,
        canonicalJson(dialogue),
      ];
    }
  })();
  return parquetPieces(columns, rows, notes);
}
