import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { Dialogue, OutcomeStatus, Turn } from '../contracts/dialogue';
import type { Profile } from '../contracts/profile';
import type { Run, RunStatus } from '../contracts/run';

export const databaseName = 'interplay-lab';

/** A dialogue without its turns, which are stored apart: appending one is one small write. */
export type DialogueHeader = Omit<Dialogue, 'turns'>;

/** A dialogue's outcome, or that it has none yet. */
export type DialogueStatus = OutcomeStatus | 'running';

/** A header as it is stored; `status` repeats the outcome's because `null` cannot be indexed. */
export interface DialogueRow {
  id: string;
  runId: string;
  profileId: string;
  startedAt: number;
  status: DialogueStatus;
  header: DialogueHeader;
}

export interface TurnRow {
  dialogueId: string;
  index: number;
  turn: Turn;
}

/** Every index ends in the dialogue's start and id: a page of a listing starts after such a pair. */
export interface LabSchema extends DBSchema {
  runs: {
    key: string;
    value: Run;
    indexes: { byCreated: [number, string]; byStatus: [RunStatus, number, string] };
  };
  dialogues: {
    key: string;
    value: DialogueRow;
    indexes: {
      byStarted: [number, string];
      byRun: [string, number, string];
      byStatus: [string, number, string];
      byRunAndStatus: [string, string, number, string];
      byProfile: [string, number, string];
    };
  };
  turns: { key: [string, number]; value: TurnRow };
  profiles: { key: string; value: Profile; indexes: { byDomain: [string, string] } };
}

export type LabDatabase = IDBPDatabase<LabSchema>;
export type LabStoreName = StoreNames<LabSchema>;
export type UpgradeTransaction = IDBPTransaction<LabSchema, LabStoreName[], 'versionchange'>;

/** Brings a database from one version to the next; must not change once it was released. */
export type Migration = (database: LabDatabase, transaction: UpgradeTransaction) => void;

/** Step `i` leads from version `i` to `i + 1`. */
export const migrations: readonly Migration[] = [createStores];

export const databaseVersion = migrations.length;

/** Runs the steps that a database of version `from` lacks. */
export function migrate(
  database: LabDatabase,
  transaction: UpgradeTransaction,
  from: number,
  steps: readonly Migration[] = migrations,
): void {
  for (const step of steps.slice(from)) step(database, transaction);
}

function createStores(database: LabDatabase): void {
  const runs = database.createObjectStore('runs', { keyPath: 'id' });
  runs.createIndex('byCreated', ['createdAt', 'id']);
  runs.createIndex('byStatus', ['status', 'createdAt', 'id']);
  const dialogues = database.createObjectStore('dialogues', { keyPath: 'id' });
  dialogues.createIndex('byStarted', ['startedAt', 'id']);
  dialogues.createIndex('byRun', ['runId', 'startedAt', 'id']);
  dialogues.createIndex('byStatus', ['status', 'startedAt', 'id']);
  dialogues.createIndex('byRunAndStatus', ['runId', 'status', 'startedAt', 'id']);
  dialogues.createIndex('byProfile', ['profileId', 'startedAt', 'id']);
  database.createObjectStore('turns', { keyPath: ['dialogueId', 'index'] });
  const profiles = database.createObjectStore('profiles', { keyPath: 'id' });
  profiles.createIndex('byDomain', ['domain', 'id']);
}
