import type { Dialogue } from '../../contracts/dialogue';
import { csvLine, type Row } from './csv';
import { fieldsOf, readJson, textField } from './json';
import { bad, defaultLimits, good, type Found } from './limits';
import { byHumans, plainSource, roleOf, type SourceDialogue, type SourceTurn } from './source';
import type { WriteContext } from './write-context';

/**
 * A row of OpenDialKG (Moon et al., 2019): a column `Messages` with a JSON list of chats and of walks over a knowledge
 * graph, by `sender`. The walks are left out; the ratings are the crowd workers', not about items.
 */
export function readOpenDialKg(row: Row, line: number): readonly Found<SourceDialogue>[] {
  const cell = row.get('Messages');
  if (cell === undefined) return [bad(line, 'It has no column "Messages".')];
  const read = readJson(line, cell, defaultLimits);
  if (!read.ok) return [bad(line, `Its column "Messages" cannot be read: ${read.reason}`)];
  if (!Array.isArray(read.value)) return [bad(line, 'Its column "Messages" holds no list.')];
  const turns: SourceTurn[] = [];
  for (const value of read.value as unknown[]) {
    const message = fieldsOf(value);
    const role = message && roleOf(textField(message, 'sender'));
    if (!message || role === null)
      return [bad(line, 'A message of it has no sender that is known.')];
    const text = textField(message, 'message');
    if (text !== null) turns.push({ role, text, titles: [] });
  }
  return [good(line, plainSource(`row ${String(line)}`, turns, { speakers: byHumans }))];
}

export const openDialKgHeader = csvLine([
  'Messages',
  'User Rating',
  'Assistant Rating',
  'dataset',
  'licence',
  'attribution',
]);

/** A dialogue as a row of OpenDialKG's format, without walks and ratings. */
export function writeOpenDialKg(dialogue: Dialogue, context: WriteContext): string {
  const messages = dialogue.turns.map(({ role, text }) => ({
    type: 'chat',
    sender: role === 'user' ? 'user' : 'assistant',
    message: text,
  }));
  const { dataset, licence, attribution = '' } = context.source(dialogue);
  return csvLine([JSON.stringify(messages), '', '', dataset, licence, attribution]);
}
