import { openDB } from 'idb';
import { LabError, type ErrorData } from '../contracts/errors';
import {
  databaseName,
  databaseVersion,
  migrate,
  type LabDatabase,
  type LabSchema,
  type UpgradeTransaction,
} from './schema';
import { storageClosed, toOpenError, toUpgradeError } from './storage-error';
import type { Connection } from './transaction';

export interface ConnectionOptions {
  /** Name of the database; another one keeps tests apart. */
  name?: string;
  /** Called once if the connection ends other than by `close()`. */
  onClosed?: (error: ErrorData) => void;
  /** Milliseconds to wait for other tabs to let go of an older database. */
  blockedWait?: number;
}

export interface OpenConnection {
  connect: Connection;
  close: () => void;
}

/** Opens and migrates the database. Errors: `storage-unavailable`, `storage-blocked`, `storage-full`. */
export async function openConnection({
  name = databaseName,
  onClosed,
  blockedWait = 3000,
}: ConnectionOptions = {}): Promise<OpenConnection> {
  if (typeof globalThis.indexedDB === 'undefined') {
    throw toOpenError(new Error('There is no indexedDB here.'));
  }
  let ended: LabError | null = null;
  const end = (error: LabError): void => {
    if (ended) return;
    ended = error;
    onClosed?.(error.toData());
  };
  const database = await open(name, blockedWait, end);
  return {
    connect: () => {
      if (ended) throw ended;
      return database;
    },
    close: () => {
      ended ??= storageClosed('closed by the page');
      database.close();
    },
  };
}

async function open(
  name: string,
  blockedWait: number,
  end: (error: LabError) => void,
): Promise<LabDatabase> {
  try {
    return await new Promise<LabDatabase>((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let gaveUp = false;
      const opening = openDB<LabSchema>(name, databaseVersion, {
        upgrade: (database, oldVersion, _newVersion, transaction) => {
          const upgrading = async () => migrate(database, transaction, oldVersion);
          upgrading().catch((reason: unknown) => {
            // Its own reason: that the opening was aborted says nothing.
            reject(toUpgradeError(reason));
            undo(transaction);
          });
        },
        blocked: () => {
          timer = setTimeout(() => {
            gaveUp = true;
            reject(blockedError());
          }, blockedWait);
        },
        blocking: (_currentVersion, _blockedVersion, event) => {
          if (event.target instanceof IDBDatabase) event.target.close();
          end(outdated());
        },
        terminated: () => end(storageClosed('terminated by the browser')),
      });
      opening
        .then((database) => {
          // An opening that nobody waits for any more must not block others in its turn.
          if (gaveUp) database.close();
          else resolve(database);
        }, reject)
        .finally(() => clearTimeout(timer));
    });
  } catch (reason) {
    throw toOpenError(reason);
  }
}

/** Takes a failed migration back: the older database stays as it was. */
function undo(transaction: UpgradeTransaction): void {
  // That it ends so is what is asked for here.
  transaction.done.catch(() => undefined);
  try {
    transaction.abort();
  } catch (reason) {
    // A failed request has aborted it already.
    if (!(reason instanceof Error) || reason.name !== 'InvalidStateError') throw reason;
  }
}

function outdated(): LabError {
  return storageClosed(
    'versionchange',
    'Another tab has opened a newer version of this page. Reload this tab to go on here.',
  );
}

function blockedError(): LabError {
  return new LabError(
    'storage-blocked',
    'Another tab still uses an older version of the stored data. Close the other tabs of this page ' +
      'and reload.',
  );
}
