import type { Dialogue, Turn } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import type { DialogueHeader, DialogueRow } from './schema';
import type { Reading, Writing } from './transaction';

/** A header as a row of the database. */
export function toRow(header: DialogueHeader): DialogueRow {
  const { id, runId, profileId, startedAt, outcome } = header;
  return { id, runId, profileId, startedAt, status: outcome?.status ?? 'running', header };
}

/** The header of a dialogue that may have its turns with it. */
export function toHeader(dialogue: Dialogue | DialogueHeader): DialogueHeader {
  const header: Partial<Dialogue> & DialogueHeader = { ...dialogue };
  delete header.turns;
  return header;
}

/** Errors: `bad-input` for an unknown dialogue. */
export async function requireRow(transaction: Reading | Writing, id: string): Promise<DialogueRow> {
  const row = await transaction.objectStore('dialogues').get(id);
  if (row) return row;
  throw new LabError('bad-input', `There is no stored dialogue "${id}". It may have been deleted.`);
}

/** A dialogue's turns in their order. */
export async function turnsOf(transaction: Reading | Writing, id: string): Promise<Turn[]> {
  const rows = await transaction.objectStore('turns').getAll(turnRange(id));
  return rows.map(({ turn }) => turn);
}

/** Ids of all dialogues of a run. */
export function dialogueKeysOfRun(
  transaction: Reading | Writing,
  runId: string,
): Promise<string[]> {
  const index = transaction.objectStore('dialogues').index('byRun');
  return index.getAllKeys(IDBKeyRange.bound([runId], [runId, []]));
}

/** Deletes a dialogue and its turns. */
export async function removeDialogue(transaction: Writing, id: string): Promise<void> {
  await transaction.objectStore('turns').delete(turnRange(id));
  await transaction.objectStore('dialogues').delete(id);
}

/** All of a dialogue's keys: a shorter array sorts first, an array after every number. */
function turnRange(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
