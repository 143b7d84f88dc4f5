import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { DomainPack } from '../contracts/catalogue';
import type { DatasetInfo } from '../contracts/dataset';
import type { Dialogue, OutcomeStatus, Turn } from '../contracts/dialogue';
import type { Profile } from '../contracts/profile';
import type { QueuedRun, Run, RunStatus } from '../contracts/run';
import { addFacets } from './migrate-facets';

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
  /** The visitor's own labels; no part of the record. */
  tags: readonly string[];
  /** How many turns and violations it has, so that a list need not read them. */
  turns: number;
  violations: number;
  /** What it can be found by: an entry of `byFacet` each. */
  facets: readonly FacetKey[];
}

/** `act`, `model`: "role.value"; `parent`: the dialogue it was forked from. */
export const facetKinds = ['act', 'item', 'model', 'violation', 'tag', 'parent'] as const;
export type FacetKind = (typeof facetKinds)[number];

/** Kind, value, and the dialogue's start and id: dialogues of one value lie in the order of their starts. */
export type FacetKey = [FacetKind, string, number, string];

export interface TurnRow {
  dialogueId: string;
  index: number;
  turn: Turn;
}

/** All that was said in a dialogue, folded, a line a turn: what the text search reads. */
export interface TextRow {
  id: string;
  text: string;
}

/** A deleted run or dialogue; its turns and text stay where they are until it is gone for good. */
export type TrashRow = {
  /** The dialogue's or run's id after its kind. */
  key: string;
  /** What was deleted at once comes back at once. */
  batch: string;
  /** Milliseconds since 1970. */
  deletedAt: number;
} & ({ row: DialogueRow } | { run: Run });

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
      byFacet: FacetKey;
    };
  };
  turns: { key: [string, number]; value: TurnRow };
  profiles: { key: string; value: Profile; indexes: { byDomain: [string, string] } };
  texts: { key: string; value: TextRow };
  trash: {
    key: string;
    value: TrashRow;
    indexes: { byBatch: [string, string]; byDeleted: number };
  };
  queue: { key: string; value: QueuedRun };
  datasets: { key: string; value: DatasetInfo };
  catalogues: { key: string; value: DomainPack };
  /** Apart from the catalogues, which are megabytes each. */
  catalogueNames: { key: string; value: { id: string; name: string } };
}

export type LabDatabase = IDBPDatabase<LabSchema>;
export type LabStoreName = StoreNames<LabSchema>;
export type UpgradeTransaction = IDBPTransaction<LabSchema, LabStoreName[], 'versionchange'>;

/**
 * Brings a database from one version to the next; must not change once it was released. One that returns a
 * promise may wait for this transaction's own requests and for nothing else.
 */
export type Migration = (
  database: LabDatabase,
  transaction: UpgradeTransaction,
) => void | Promise<void>;

/** Step `i` leads from version `i` to `i + 1`. */
export const migrations: readonly Migration[] = [createStores, addFacets, addDatasets];

export const databaseVersion = migrations.length;

/** Runs the steps that a database of version `from` lacks. */
export async function migrate(
  database: LabDatabase,
  transaction: UpgradeTransaction,
  from: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  for (const step of steps.slice(from)) await step(database, transaction);
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

function addDatasets(database: LabDatabase): void {
  for (const name of ['datasets', 'catalogues', 'catalogueNames'] as const) {
    database.createObjectStore(name, { keyPath: 'id' });
  }
}
