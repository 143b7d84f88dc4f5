import type { Dialogue } from '../../contracts/dialogue';
import { writeDialogue } from '../jsonl';
import { writeChatMl, writeShareGpt } from './chat';
import { writeCrsLab } from './crslab';
import { writeDialogueKit } from './dialoguekit';
import { inspiredHeader, writeInspired } from './inspired';
import { writeLaps } from './laps';
import { writeLlmRedial } from './llm-redial';
import { openDialKgHeader, writeOpenDialKg } from './opendialkg';
import { writeParquet } from './parquet-rows';
import { writePearl } from './pearl';
import { writeRedial } from './redial';
import type { FormatId } from './registry';
import { turnTableHeader, writeTurns } from './turn-table';
import type { WriteContext } from './write-context';

type WriteOne = (dialogue: Dialogue, context: WriteContext, index: number) => string;

/** How a text format puts dialogues together. */
interface Layout {
  write: WriteOne;
  /** `list`: elements of one JSON list; `line`: a line each; `part`: as they are, after `before`. */
  layout: 'list' | 'line' | 'part';
  before?: string;
}

const layouts: Readonly<Record<Exclude<FormatId, 'parquet'>, Layout>> = {
  jsonl: { write: writeDialogue, layout: 'line' },
  csv: { write: writeTurns, layout: 'part', before: turnTableHeader },
  chatml: { write: writeChatMl, layout: 'line' },
  sharegpt: { write: writeShareGpt, layout: 'list' },
  redial: { write: writeRedial, layout: 'line' },
  inspired: { write: writeInspired, layout: 'part', before: inspiredHeader },
  opendialkg: { write: writeOpenDialKg, layout: 'part', before: openDialKgHeader },
  laps: { write: writeLaps, layout: 'list' },
  pearl: { write: writePearl, layout: 'line' },
  'llm-redial': { write: writeLlmRedial, layout: 'part' },
  crslab: { write: writeCrsLab, layout: 'list' },
  dialoguekit: { write: writeDialogueKit, layout: 'list' },
};

/**
 * Dialogues as a file of a format, in pieces; the source and licence of each stand in its record, in Parquet also in the
 * footer. Errors: `internal` for a dialogue that is no valid record.
 */
export async function* writeFile(
  dialogues: AsyncIterable<Dialogue>,
  format: FormatId,
  context: WriteContext,
): AsyncGenerator<Uint8Array> {
  if (format === 'parquet') {
    yield* writeParquet(dialogues, new Map([['program', 'Interplay Lab']]), context);
    return;
  }
  const encoder = new TextEncoder();
  for await (const text of textOf(dialogues, layouts[format], context)) yield encoder.encode(text);
}

async function* textOf(
  dialogues: AsyncIterable<Dialogue>,
  { write, layout, before = '' }: Layout,
  context: WriteContext,
): AsyncGenerator<string> {
  if (layout === 'list') yield '[';
  else if (before !== '') yield before;
  let index = 0;
  for await (const dialogue of dialogues) {
    index += 1;
    const text = write(dialogue, context, index);
    if (layout === 'list') yield `${index === 1 ? '' : ','}\n${text}`;
    else yield layout === 'line' ? `${text}\n` : text;
  }
  if (layout === 'list') yield '\n]\n';
}
