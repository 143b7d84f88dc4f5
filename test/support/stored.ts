import type { Page } from 'playwright-core';

/** What a page's database holds of runs, read beside the page's own code. */
export interface Stored {
  /** Dialogue, index and raw text. */
  turns: readonly (readonly [dialogueId: string, index: number, raw: string])[];
  dialogues: readonly { id: string; runId: string; status: string; resumed: boolean }[];
  queue: readonly { id: string; runId: string | null; status: string }[];
}

type Rows = IDBRequest<never[]>;

/** Waits until the page has made its database: whoever opened it before would make an empty one. */
async function untilMade(page: Page): Promise<void> {
  await page.waitForFunction(async () =>
    (await indexedDB.databases()).some(({ name }) => name === 'interplay-lab'),
  );
}

/** Reads a page's database, once the page has made it. */
export async function readStored(page: Page): Promise<Stored> {
  await untilMade(page);
  return page.evaluate(
    () =>
      new Promise<Stored>((resolve, reject) => {
        const opening = indexedDB.open('interplay-lab');
        opening.addEventListener('error', () => {
          reject(new Error(String(opening.error)));
        });
        opening.addEventListener('success', () => {
          const database = opening.result;
          const transaction = database.transaction(['turns', 'dialogues', 'queue']);
          // Without a named function: tsx would wrap it in a helper that the page does not have.
          const turns = transaction.objectStore('turns').getAll() as unknown as Rows;
          const dialogues = transaction.objectStore('dialogues').getAll() as unknown as Rows;
          const queue = transaction.objectStore('queue').getAll() as unknown as Rows;
          transaction.addEventListener('complete', () => {
            database.close();
            type Row = Record<string, never>;
            resolve({
              turns: turns.result.map(({ dialogueId, index, turn }: Row) => [
                dialogueId,
                index,
                turn?.['raw'] ?? '',
              ]),
              dialogues: dialogues.result.map(({ id, runId, status, header }: Row) => ({
                id,
                runId,
                status,
                resumed: header?.['resumed'] ?? false,
              })),
              queue: queue.result.map(({ id, runId, status }: Row) => ({ id, runId, status })),
            } as unknown as Stored);
          });
        });
      }),
  );
}

/** The queue of runs alone. */
export async function readQueue(page: Page): Promise<Stored['queue']> {
  await untilMade(page);
  return page.evaluate(
    () =>
      new Promise<Stored['queue']>((resolve, reject) => {
        const opening = indexedDB.open('interplay-lab');
        opening.addEventListener('error', () => {
          reject(new Error(String(opening.error)));
        });
        opening.addEventListener('success', () => {
          const all = opening.result.transaction('queue').objectStore('queue').getAll();
          all.addEventListener('success', () => {
            opening.result.close();
            resolve(
              (all.result as Stored['queue']).map(({ id, runId, status }) => ({
                id,
                runId,
                status,
              })),
            );
          });
        });
      }),
  );
}
