import type { IDBPTransaction } from 'idb';
import type { LabDatabase, LabSchema, LabStoreName } from './schema';
import { toStorageError } from './storage-error';

/** Gives the open database, or throws `storage-closed`. */
export type Connection = () => LabDatabase;

export type Reading = IDBPTransaction<LabSchema, LabStoreName[], 'readonly'>;
export type Writing = IDBPTransaction<LabSchema, LabStoreName[], 'readwrite'>;

/** One consistent reading. Errors: `storage-closed`, `internal`. */
export async function read<T>(
  connect: Connection,
  stores: LabStoreName[],
  body: (transaction: Reading) => Promise<T>,
): Promise<T> {
  try {
    const transaction = connect().transaction(stores, 'readonly');
    return await finished(transaction, () => body(transaction));
  } catch (reason) {
    throw toStorageError(reason);
  }
}

/**
 * All of the body's writes or none; on disk when it resolves, because browsers otherwise report
 * success before they have written. Errors: `storage-full`, `storage-closed`, `internal`, the body's.
 */
export async function write<T>(
  connect: Connection,
  stores: LabStoreName[],
  body: (transaction: Writing) => Promise<T>,
): Promise<T> {
  try {
    const transaction = connect().transaction(stores, 'readwrite', { durability: 'strict' });
    return await finished(transaction, () => body(transaction));
  } catch (reason) {
    throw toStorageError(reason);
  }
}

/** The body's result once the transaction is over; a body that throws takes the transaction back. */
async function finished<T>(transaction: Reading | Writing, body: () => Promise<T>): Promise<T> {
  const outcome = transaction.done.then(
    () => ({ ok: true as const }),
    (reason: unknown) => ({ ok: false as const, reason }),
  );
  try {
    const result = await body();
    const ended = await outcome;
    if (!ended.ok) throw ended.reason;
    return result;
  } catch (reason) {
    abort(transaction);
    await outcome;
    // A failed transaction rejects the body with its consequence; its own error is the cause.
    throw transaction.error ?? reason;
  }
}

function abort(transaction: Reading | Writing): void {
  try {
    transaction.abort();
  } catch (reason) {
    // Over already: there is nothing to take back.
    if (!(reason instanceof Error) || reason.name !== 'InvalidStateError') throw reason;
  }
}
