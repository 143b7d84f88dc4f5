import type { QueuedRun } from '../contracts/run';
import { read, write, type Connection } from './transaction';

/** Runs as they were asked for: those that wait, the one that goes, those that are over. */
export interface QueueRepository {
  /** Stores them, or what has changed about them. */
  saveQueued(runs: readonly QueuedRun[]): Promise<void>;
  /** All of them, the oldest first. */
  listQueued(): Promise<QueuedRun[]>;
  /** Forgets the wish, not the run. */
  removeQueued(id: string): Promise<void>;
}

export function queueRepository(connect: Connection): QueueRepository {
  return {
    saveQueued: (runs) =>
      write(connect, ['queue'], async (transaction) => {
        for (const run of runs) await transaction.objectStore('queue').put(run);
      }),
    listQueued: () =>
      read(connect, ['queue'], async (transaction) => {
        const runs = await transaction.objectStore('queue').getAll();
        return runs.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
      }),
    removeQueued: (id) =>
      write(connect, ['queue'], (transaction) => transaction.objectStore('queue').delete(id)),
  };
}
