import type { DialogueStatus, FacetKind } from './schema';
import type { DialogueHeader } from './schema';
import { read, type Connection, type Reading } from './transaction';

/** What dialogues are looked for by; all that is given must hold. `act`, `model`: "role.value". */
export type DialogueFilter = {
  [Key in FacetKind | 'runId' | 'profileId']?: string | undefined;
} & { status?: DialogueStatus | undefined };

export type FilterKind = keyof DialogueFilter;

/** A dialogue as a list shows it. */
export interface DialogueSummary {
  header: DialogueHeader;
  status: DialogueStatus;
  tags: readonly string[];
  turns: number;
  violations: number;
}

export interface FilterValue {
  value: string;
  /** How many dialogues have it. */
  count: number;
}

export interface DialogueQueries {
  /** Ids of all dialogues that a filter lets through, the newest first unless told. */
  findDialogues(filter?: DialogueFilter, order?: 'newest' | 'oldest'): Promise<string[]>;
  /** What a list shows of these, in their order; `null` for one that is gone. */
  summaries(ids: readonly string[]): Promise<(DialogueSummary | null)[]>;
  /** The values that stored dialogues have of a kind, in order, and how many have each. */
  filterValues(kind: FilterKind): Promise<FilterValue[]>;
  countDialogues(): Promise<number>;
  /** How many of a run's dialogues have which status. */
  countRun(runId: string): Promise<Partial<Record<DialogueStatus, number>>>;
}

const ownIndexes = { status: 'byStatus', runId: 'byRun', profileId: 'byProfile' } as const;

export function dialogueQueries(connect: Connection): DialogueQueries {
  return {
    findDialogues: (filter = {}, order = 'newest') =>
      read(connect, ['dialogues'], async (transaction) => {
        const kinds = (Object.keys(filter) as FilterKind[]).filter((kind) => filter[kind]);
        const lists = await Promise.all(
          kinds.map((kind) => {
            const { index, prefix } = placeOf(transaction, kind);
            return index.getAllKeys(beginningWith([...prefix, filter[kind] ?? '']));
          }),
        );
        const [first, ...others] =
          lists.length > 0 ? lists : [await placeOf(transaction, null).index.getAllKeys()];
        const sets = others.map((ids) => new Set(ids));
        const ids = (first ?? []).filter((id) => sets.every((set) => set.has(id)));
        return order === 'newest' ? ids.reverse() : ids;
      }),
    summaries: (ids) =>
      read(connect, ['dialogues'], async (transaction) => {
        const store = transaction.objectStore('dialogues');
        const rows = await Promise.all(ids.map((id) => store.get(id)));
        return rows.map((row) => {
          if (row === undefined) return null;
          const { header, status, tags, turns, violations } = row;
          return { header, status, tags, turns, violations };
        });
      }),
    filterValues: (kind) =>
      read(connect, ['dialogues'], async (transaction) => {
        const { index, prefix } = placeOf(transaction, kind);
        const values: FilterValue[] = [];
        // Each step leaps over all entries of one value.
        let cursor = await index.openKeyCursor(beginningWith(prefix));
        while (cursor) {
          const value = String((cursor.key as unknown[])[prefix.length]);
          const range = beginningWith([...prefix, value]);
          values.push({ value, count: await index.count(range) });
          cursor = await cursor.continue(range.upper as never);
        }
        return values;
      }),
    countDialogues: () =>
      read(connect, ['dialogues'], (transaction) => transaction.objectStore('dialogues').count()),
    countRun: (runId) =>
      read(connect, ['dialogues'], async (transaction) => {
        const index = transaction.objectStore('dialogues').index('byRunAndStatus');
        const counts: Partial<Record<DialogueStatus, number>> = {};
        let cursor = await index.openKeyCursor(beginningWith([runId]));
        while (cursor) {
          const status = cursor.key[1] as DialogueStatus;
          const range = beginningWith([runId, status]);
          counts[status] = await index.count(range);
          cursor = await cursor.continue(range.upper as never);
        }
        return counts;
      }),
  };
}

/** Where the entries of a kind lie; `null`: all dialogues by their starts. */
function placeOf(transaction: Reading, kind: FilterKind | null) {
  const store = transaction.objectStore('dialogues');
  if (kind === null) return { index: store.index('byStarted'), prefix: [] };
  if (kind === 'status' || kind === 'runId' || kind === 'profileId') {
    return { index: store.index(ownIndexes[kind]), prefix: [] };
  }
  return { index: store.index('byFacet'), prefix: [kind] };
}

/** Keys with this beginning: an array sorts after all strings and numbers. */
function beginningWith(prefix: readonly string[]): IDBKeyRange {
  return IDBKeyRange.bound([...prefix], [...prefix, []]);
}
