import { dialogueKeysOfRun, dialogueStores, removeTurns, trashKey } from './dialogue-rows';
import type { LabStoreName } from './schema';
import { read, write, type Connection, type Writing } from './transaction';

/** What was deleted at once. */
export interface TrashBatch {
  batch: string;
  deletedAt: number;
  dialogues: number;
  runs: number;
}

export interface TrashRepository {
  /** Deletes dialogues so that `restore(batch)` brings them back; unknown ones are left out. Gives how many. */
  trashDialogues(ids: readonly string[], batch: string, now: number): Promise<number>;
  /** Deletes a run with all its dialogues, likewise. Gives how many dialogues. */
  trashRun(id: string, batch: string, now: number): Promise<number>;
  /**
   * Brings back what was deleted at once. One whose id was taken since stays as it is now. Gives how many dialogues
   * and runs came back.
   */
  restore(batch: string): Promise<number>;
  /** What can be brought back, the latest first. */
  listTrash(): Promise<TrashBatch[]>;
  /** Deletes for good what was deleted before a moment (milliseconds since 1970); all of it unless told. */
  emptyTrash(before?: number): Promise<void>;
}

const trashStores: LabStoreName[] = ['runs', ...dialogueStores];

export function trashRepository(connect: Connection): TrashRepository {
  return {
    trashDialogues: (ids, batch, now) =>
      write(connect, trashStores, (transaction) => moveDialogues(transaction, ids, batch, now)),
    trashRun: (id, batch, now) =>
      write(connect, trashStores, async (transaction) => {
        const runs = transaction.objectStore('runs');
        const run = await runs.get(id);
        if (run !== undefined) {
          await runs.delete(id);
          const key = trashKey('run', id);
          await transaction.objectStore('trash').put({ key, batch, deletedAt: now, run });
        }
        const ids = await dialogueKeysOfRun(transaction, id);
        return moveDialogues(transaction, ids, batch, now);
      }),
    restore: (batch) =>
      write(connect, trashStores, async (transaction) => {
        const trash = transaction.objectStore('trash');
        const range = IDBKeyRange.bound([batch], [batch, []]);
        let restored = 0;
        for (const entry of await trash.index('byBatch').getAll(range)) {
          await trash.delete(entry.key);
          if ('run' in entry) {
            if ((await transaction.objectStore('runs').getKey(entry.run.id)) !== undefined)
              continue;
            await transaction.objectStore('runs').add(entry.run);
          } else await transaction.objectStore('dialogues').add(entry.row);
          restored += 1;
        }
        return restored;
      }),
    listTrash: () =>
      read(connect, ['trash'], async (transaction) => {
        const batches = new Map<string, TrashBatch>();
        for (const entry of await transaction.objectStore('trash').getAll()) {
          const { batch, deletedAt } = entry;
          const held = batches.get(batch) ?? { batch, deletedAt, dialogues: 0, runs: 0 };
          const kind = 'run' in entry ? 'runs' : 'dialogues';
          batches.set(batch, { ...held, [kind]: held[kind] + 1 });
        }
        return [...batches.values()].sort((a, b) => b.deletedAt - a.deletedAt);
      }),
    emptyTrash: (before) =>
      write(connect, trashStores, async (transaction) => {
        const trash = transaction.objectStore('trash');
        const range = before === undefined ? undefined : IDBKeyRange.upperBound(before, true);
        for (const key of await trash.index('byDeleted').getAllKeys(range)) {
          const entry = await trash.get(key);
          if (entry && 'row' in entry) await removeTurns(transaction, entry.row.id);
          await trash.delete(key);
        }
      }),
  };
}

async function moveDialogues(
  transaction: Writing,
  ids: readonly string[],
  batch: string,
  now: number,
): Promise<number> {
  const dialogues = transaction.objectStore('dialogues');
  const trash = transaction.objectStore('trash');
  let moved = 0;
  for (const id of ids) {
    const row = await dialogues.get(id);
    if (row === undefined) continue;
    await trash.put({ key: trashKey('dialogue', id), batch, deletedAt: now, row });
    await dialogues.delete(id);
    moved += 1;
  }
  return moved;
}
