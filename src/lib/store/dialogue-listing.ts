import type { DialogueHeader, DialogueRow, DialogueStatus } from './schema';
import type { Reading } from './transaction';

/** A place in a listing: the last header that was given. */
export interface DialogueCursor {
  startedAt: number;
  id: string;
}

export interface DialogueListing {
  runId?: string | undefined;
  status?: DialogueStatus | undefined;
  /** Only alone: `runId` and `status` are not looked at beside it. */
  profileId?: string | undefined;
  /** By start; the newest first unless told. */
  order?: 'newest' | 'oldest';
  /** Most headers a page has; 50 unless told. */
  limit?: number;
  after?: DialogueCursor | null;
}

export interface DialoguePage {
  dialogues: DialogueHeader[];
  next: DialogueCursor | null;
}

type IndexName = 'byStarted' | 'byRun' | 'byStatus' | 'byRunAndStatus' | 'byProfile';

/** One page of headers in the order of their starts. */
export async function listRows(
  transaction: Reading,
  listing: DialogueListing,
): Promise<DialoguePage> {
  const { order = 'newest', limit = 50, after = null } = listing;
  const { name, prefix } = indexFor(listing);
  const range = rangeAfter(prefix, after, order);
  const rows: DialogueRow[] = [];
  const index = transaction.objectStore('dialogues').index(name);
  let cursor = await index.openCursor(range, order === 'newest' ? 'prev' : 'next');
  while (cursor && rows.length < limit) {
    rows.push(cursor.value);
    cursor = await cursor.continue();
  }
  const last = rows.at(-1);
  return {
    dialogues: rows.map(({ header }) => header),
    next: cursor && last ? { startedAt: last.startedAt, id: last.id } : null,
  };
}

function indexFor({ runId, status, profileId }: DialogueListing): {
  name: IndexName;
  prefix: string[];
} {
  if (profileId !== undefined) return { name: 'byProfile', prefix: [profileId] };
  if (runId !== undefined && status !== undefined) {
    return { name: 'byRunAndStatus', prefix: [runId, status] };
  }
  if (runId !== undefined) return { name: 'byRun', prefix: [runId] };
  if (status !== undefined) return { name: 'byStatus', prefix: [status] };
  return { name: 'byStarted', prefix: [] };
}

/** Keys that begin with the prefix and lie beyond the cursor: an array sorts after all numbers. */
function rangeAfter(
  prefix: string[],
  after: DialogueCursor | null,
  order: 'newest' | 'oldest',
): IDBKeyRange {
  const from = after && [...prefix, after.startedAt, after.id];
  const [first, last] = [prefix, [...prefix, []]];
  if (order === 'oldest') return IDBKeyRange.bound(from ?? first, last, from !== null, false);
  return IDBKeyRange.bound(first, from ?? last, false, from !== null);
}
