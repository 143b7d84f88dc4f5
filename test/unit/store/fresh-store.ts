import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, vi } from 'vitest';
import { openStore, type ConnectionOptions, type LabStore } from '../../../src/lib/store';

/** Gives each test of a file an empty database; stores opened with the returned function are closed. */
export function freshStores(): (options?: ConnectionOptions) => Promise<LabStore> {
  const opened: LabStore[] = [];
  beforeEach(() => {
    vi.stubGlobal('indexedDB', new IDBFactory());
  });
  afterEach(() => {
    for (const store of opened.splice(0)) store.close();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
  return async (options) => {
    const store = await openStore(options);
    opened.push(store);
    return store;
  };
}
