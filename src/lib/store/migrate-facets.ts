import type { Dialogue, Turn } from '../contracts/dialogue';
import { toRow } from './facets';
import { foldTurns } from './fold-text';
import type { LabDatabase, UpgradeTransaction } from './schema';

/**
 * Version 1 to 2: dialogues can be found by what happens in them and by what is said, be tagged, and be deleted
 * for a while; runs can wait. A dialogue at a time, so that a large database fits the memory.
 */
export async function addFacets(
  database: LabDatabase,
  transaction: UpgradeTransaction,
): Promise<void> {
  const texts = database.createObjectStore('texts', { keyPath: 'id' });
  const trash = database.createObjectStore('trash', { keyPath: 'key' });
  trash.createIndex('byBatch', ['batch', 'key']);
  trash.createIndex('byDeleted', 'deletedAt');
  database.createObjectStore('queue', { keyPath: 'id' });
  const dialogues = transaction.objectStore('dialogues');
  dialogues.createIndex('byFacet', 'facets', { multiEntry: true });
  let cursor = await dialogues.openCursor();
  while (cursor) {
    const { header, id } = cursor.value as { id: string; header: Omit<Dialogue, 'turns'> };
    const rows = await transaction.objectStore('turns').getAll(IDBKeyRange.bound([id], [id, []]));
    const turns: Turn[] = rows.map(({ turn }) => turn);
    await cursor.update(toRow(header, turns));
    await texts.put({ id, text: foldTurns(turns) });
    cursor = await cursor.continue();
  }
}
