import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb';
import type { RatingSession, RatingSheet } from '../../contracts/rating';
import { toOpenError, toStorageError } from '../storage-error';

/** Apart from the dialogues' database: raters' machines hold no dialogues, and neither waits for the other. */
export const ratingsDatabase = 'interplay-lab-ratings';

interface RatingsSchema extends DBSchema {
  sessions: { key: string; value: { id: string; session: RatingSession } };
  sheets: { key: string; value: StoredSheet; indexes: { bySession: string } };
}

/** A sheet here: answered in this browser, where it can be gone on with, or taken in from a rater's file. */
export interface StoredSheet {
  id: string;
  sessionId: string;
  own: boolean;
  sheet: RatingSheet;
}

/** Sessions and what raters answered. What a resolved call has written is on disk. */
export interface RatingRepository {
  /** Stores a session in place of one with the same content, which has the same id. */
  saveSession(session: RatingSession): Promise<void>;
  /** All, the newest first. */
  listSessions(): Promise<RatingSession[]>;
  /** Deletes a session with its sheets; deleting what is not there is no error. */
  deleteSession(id: string): Promise<void>;
  /** Stores a sheet in place of an earlier state of it. */
  saveSheet(sheet: RatingSheet, own: boolean): Promise<void>;
  /** In the order in which they were begun. */
  listSheets(sessionId: string): Promise<StoredSheet[]>;
  deleteSheet(id: string): Promise<void>;
  close(): void;
}

/** Opens the database, creating it. Errors: `storage-unavailable`; later ones `storage-full`, `storage-closed`. */
export async function openRatings(name: string = ratingsDatabase): Promise<RatingRepository> {
  if (typeof globalThis.indexedDB === 'undefined') {
    throw toOpenError(new Error('There is no indexedDB here.'));
  }
  const database = await openDB<RatingsSchema>(name, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('sessions', { keyPath: 'id' });
      fresh.createObjectStore('sheets', { keyPath: 'id' }).createIndex('bySession', 'sessionId');
    },
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  }).catch((reason: unknown) => {
    throw toOpenError(reason);
  });
  return repository(database);
}

function repository(database: IDBPDatabase<RatingsSchema>): RatingRepository {
  const strict = { durability: 'strict' } as const;
  const guard = <T>(work: () => Promise<T>): Promise<T> =>
    work().catch((reason: unknown) => {
      throw toStorageError(reason);
    });
  const write = (
    body: (
      transaction: IDBPTransaction<RatingsSchema, ('sessions' | 'sheets')[], 'readwrite'>,
    ) => Promise<unknown>,
  ): Promise<void> =>
    guard(async () => {
      const transaction = database.transaction(['sessions', 'sheets'], 'readwrite', strict);
      await Promise.all([body(transaction), transaction.done]);
    });
  return {
    saveSession: (session) =>
      write((transaction) =>
        transaction.objectStore('sessions').put({ id: session.plan.id, session }),
      ),
    listSessions: () =>
      guard(async () => {
        const rows = await database.getAll('sessions');
        return rows
          .map(({ session }) => session)
          .sort((a, b) => b.plan.createdAt - a.plan.createdAt);
      }),
    deleteSession: (id) =>
      write(async (transaction) => {
        const sheets = transaction.objectStore('sheets');
        for (const key of await sheets.index('bySession').getAllKeys(id)) await sheets.delete(key);
        await transaction.objectStore('sessions').delete(id);
      }),
    saveSheet: (sheet, own) =>
      write((transaction) => {
        const { id, sessionId } = sheet;
        return transaction.objectStore('sheets').put({ id, sessionId, own, sheet });
      }),
    listSheets: (sessionId) =>
      guard(async () => {
        const rows = await database.getAllFromIndex('sheets', 'bySession', sessionId);
        return rows.sort((a, b) => a.sheet.startedAt - b.sheet.startedAt);
      }),
    deleteSheet: (id) => write((transaction) => transaction.objectStore('sheets').delete(id)),
    close: () => {
      database.close();
    },
  };
}
