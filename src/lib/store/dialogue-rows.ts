import type { Dialogue, Turn } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import type { DialogueHeader, DialogueRow, LabStoreName } from './schema';
import type { Reading, Writing } from './transaction';

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

/** Deletes a dialogue's turns and text. */
export async function removeTurns(transaction: Writing, id: string): Promise<void> {
  await transaction.objectStore('turns').delete(turnRange(id));
  await transaction.objectStore('texts').delete(id);
}

/** Deletes a dialogue and its turns, for good. Needs the stores of `dialogueStores`. */
export async function removeDialogue(transaction: Writing, id: string): Promise<void> {
  await removeTurns(transaction, id);
  await transaction.objectStore('dialogues').delete(id);
}

/** Makes room for a dialogue whose namesake was deleted: that one is then gone for good. */
export async function forgetTrashed(transaction: Writing, id: string): Promise<void> {
  const key = trashKey('dialogue', id);
  const trash = transaction.objectStore('trash');
  if ((await trash.getKey(key)) === undefined) return;
  await removeTurns(transaction, id);
  await trash.delete(key);
}

export function trashKey(kind: 'dialogue' | 'run', id: string): string {
  return `${kind} ${id}`;
}

/** The stores that a dialogue's parts lie in. */
export const dialogueStores: LabStoreName[] = ['dialogues', 'turns', 'texts', 'trash'];

/** All of a dialogue's keys: a shorter array sorts first, an array after every number. */
function turnRange(id: string): IDBKeyRange {
  return IDBKeyRange.bound([id], [id, []]);
}
