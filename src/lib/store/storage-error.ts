import { LabError } from '../contracts/errors';

const closedMessage =
  'The connection to the stored data was closed. Reload the page: everything up to the last ' +
  'complete turn is kept.';

/** Says that this page's connection is gone, and how. */
export function storageClosed(detail: string, message: string = closedMessage): LabError {
  return new LabError('storage-closed', message, detail);
}

/** What IndexedDB threw while data was read or written, as an error with a message for people. */
export function toStorageError(reason: unknown): LabError {
  if (reason instanceof LabError) return reason;
  const name = reason instanceof Error ? reason.name : '';
  const detail = reason instanceof Error ? `${name}: ${reason.message}` : String(reason);
  if (name === 'QuotaExceededError') {
    return new LabError(
      'storage-full',
      'There is no room left for stored dialogues. Export and delete old runs, or free disk space, ' +
        'then go on: nothing stored so far is lost.',
      detail,
    );
  }
  if (name === 'InvalidStateError') return storageClosed(detail);
  return new LabError(
    'internal',
    'The stored data could not be read or written. Reload the page; if it stays, report the detail.',
    detail,
  );
}

/** What IndexedDB threw while the database was opened. */
export function toOpenError(reason: unknown): LabError {
  const name = reason instanceof Error ? reason.name : '';
  if (reason instanceof LabError || name === 'QuotaExceededError') return toStorageError(reason);
  const detail = reason instanceof Error ? `${name}: ${reason.message}` : String(reason);
  if (name === 'VersionError') {
    return new LabError(
      'storage-unavailable',
      'The stored data was written by a newer version of this page. Reload to get that version.',
      detail,
    );
  }
  return new LabError(
    'storage-unavailable',
    'This browser does not let the page store data. Leave private browsing, or allow site data for ' +
      'this address, and reload.',
    detail,
  );
}

/** What was thrown while an older database was brought to today's version. */
export function toUpgradeError(reason: unknown): LabError {
  const error = toStorageError(reason);
  if (error.code !== 'internal') return error;
  return new LabError(
    'storage-unavailable',
    'The stored data of an earlier version could not be taken over. It was left as it is: reload to try ' +
      'again; if it stays, report the detail.',
    error.detail,
  );
}
