import { LabError } from '../contracts/errors';
import type { Run, RunStatus } from '../contracts/run';
import { dialogueKeysOfRun, dialogueStores, removeDialogue } from './dialogue-rows';
import { same, withoutCircumstances } from './same';
import { read, write, type Connection } from './transaction';

export interface RunRepository {
  /**
   * Stores a new run. A run's id derives from its settings, so the same run may be there already: then
   * the stored one is given, with `created` false, to be resumed or deleted; asked for other profiles, it
   * takes these.
   * Errors: `bad-input` when a run with other settings has the id.
   */
  createRun(run: Run): Promise<{ run: Run; created: boolean }>;
  /** Errors: `bad-input` for an unknown run. */
  updateRunStatus(id: string, status: RunStatus): Promise<void>;
  getRun(id: string): Promise<Run | null>;
  /** All runs, the newest first. */
  listRuns(): Promise<Run[]>;
  /** Deletes the run with all its dialogues; deleting what is not there is no error. */
  deleteRun(id: string): Promise<void>;
}

export function runRepository(connect: Connection): RunRepository {
  return {
    createRun: (run) =>
      write(connect, ['runs'], async (transaction) => {
        const store = transaction.objectStore('runs');
        const stored = await store.get(run.id);
        if (stored === undefined) {
          await store.add(run);
          return { run, created: true };
        }
        const { status, createdAt } = stored;
        const kept = { ...stored, profileIds: run.profileIds, models: run.models };
        const asked = { ...run, status, createdAt };
        if (!same(withoutCircumstances(kept), withoutCircumstances(asked))) throw taken(run.id);
        await store.put(kept);
        return { run: kept, created: false };
      }),
    updateRunStatus: (id, status) =>
      write(connect, ['runs'], async (transaction) => {
        const store = transaction.objectStore('runs');
        const stored = await store.get(id);
        if (stored === undefined) {
          throw new LabError(
            'bad-input',
            `There is no stored run "${id}". It may have been deleted.`,
          );
        }
        await store.put({ ...stored, status });
      }),
    getRun: (id) =>
      read(
        connect,
        ['runs'],
        async (transaction) => (await transaction.objectStore('runs').get(id)) ?? null,
      ),
    listRuns: () =>
      read(connect, ['runs'], async (transaction) =>
        (await transaction.objectStore('runs').index('byCreated').getAll()).reverse(),
      ),
    deleteRun: (id) =>
      write(connect, ['runs', ...dialogueStores], async (transaction) => {
        for (const dialogueId of await dialogueKeysOfRun(transaction, id)) {
          await removeDialogue(transaction, dialogueId);
        }
        await transaction.objectStore('runs').delete(id);
      }),
  };
}

function taken(id: string): LabError {
  return new LabError(
    'bad-input',
    `Another run is stored under the id "${id}", with other settings. Delete it first.`,
  );
}
