import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { errorCodes, type ErrorData } from '../../../src/lib/contracts';
import { aHeader, aRun, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

function failing(name: string): () => never {
  return () => {
    throw new DOMException('for the test', name);
  };
}

describe('opening', () => {
  it('says that there is no storage', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(open()).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  it.each(['SecurityError', 'UnknownError', 'InvalidStateError'])(
    'turns %s into storage-unavailable',
    async (name) => {
      vi.spyOn(indexedDB, 'open').mockImplementation(failing(name));
      await expect(open()).rejects.toMatchObject({ code: 'storage-unavailable' });
    },
  );

  it('says that the data is of a newer version', async () => {
    (await openDB('interplay-lab', 1000)).close();
    await expect(open()).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('newer version'),
    });
  });

  it('gives up when another tab holds an older version, and then blocks nobody itself', async () => {
    const version = 0.5 + 0.5;
    vi.resetModules();
    const older = await openDB('interplay-lab', version);
    vi.doMock('../../../src/lib/store/schema', async (original) => ({
      ...(await original<object>()),
      databaseVersion: version + 1,
      migrate: () => undefined,
    }));
    const { openStore } = await import('../../../src/lib/store');
    vi.doUnmock('../../../src/lib/store/schema');
    const onClosed = vi.fn();
    await expect(openStore({ blockedWait: 10, onClosed })).rejects.toMatchObject({
      code: 'storage-blocked',
      message: expect.stringContaining('Close the other tabs'),
    });
    older.close();
    await vi.waitFor(async () =>
      expect((await indexedDB.databases())[0]?.version).toBe(version + 1),
    );
    const blocked = vi.fn();
    (await openDB('interplay-lab', version + 2, { blocked })).close();
    expect(blocked).not.toHaveBeenCalled();
    // The connection that nobody waits for was closed, not thrown out.
    expect(onClosed).not.toHaveBeenCalled();
  });
});

describe('an open store', () => {
  it('makes way for a newer version and says so once', async () => {
    const closed: ErrorData[] = [];
    const store = await open({ onClosed: (error) => closed.push(error) });
    const blocked = vi.fn();
    (await openDB('interplay-lab', 1000, { blocked })).close();
    expect(blocked).not.toHaveBeenCalled();
    expect(closed).toEqual([expect.objectContaining({ code: 'storage-closed' })]);
    await expect(store.listRuns()).rejects.toMatchObject(closed[0] ?? {});
  });

  it('says that the browser ended the connection', async () => {
    const closed = vi.fn();
    const native: IDBDatabase[] = [];
    const original = IDBDatabase.prototype.transaction;
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
      this: IDBDatabase,
      ...args
    ) {
      native.push(this);
      return original.apply(this, args);
    });
    const store = await open({ onClosed: closed });
    await store.createRun(aRun());
    for (const database of native) forceCloseDatabase(database as never);
    await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
    expect(closed.mock.calls[0]?.[0]).toMatchObject({ code: 'storage-closed' });
    await expect(store.createRun(aRun())).rejects.toMatchObject({ code: 'storage-closed' });
  });

  it('whose connection is closing says so', async () => {
    const store = await open();
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(failing('InvalidStateError'));
    await expect(store.listRuns()).rejects.toMatchObject({ code: 'storage-closed' });
  });

  it('that the page closed reports nothing, and refuses calls', async () => {
    const closed = vi.fn();
    const store = await open({ onClosed: closed });
    store.close();
    await expect(store.createRun(aRun())).rejects.toMatchObject({ code: 'storage-closed' });
    expect(closed).not.toHaveBeenCalled();
  });
});

describe('writing', () => {
  it('asks for strict durability every time', async () => {
    const store = await open();
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await store.createRun(aRun());
    await store.updateRunStatus('run-1', 'paused');
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    await store.finishDialogue('dialogue-1', { status: 'stopped', accepted: [], exchanges: 0 });
    await store.resumeDialogue('dialogue-1');
    await store.saveProfiles([]);
    await store.deleteProfile('p');
    await store.deleteDialogue('dialogue-1');
    await store.deleteRun('run-1');
    expect(transaction).toHaveBeenCalledTimes(10);
    for (const [, mode, options] of transaction.mock.calls) {
      expect([mode, options]).toEqual(['readwrite', { durability: 'strict' }]);
    }
  });

  it('says that there is no room, and keeps what was stored', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(failing('QuotaExceededError'));
    await expect(store.appendTurn('dialogue-1', 1, aTurn('Hi'))).rejects.toMatchObject({
      code: 'storage-full',
      message: expect.stringContaining('delete old runs'),
    });
    vi.restoreAllMocks();
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual([aTurn('Hello')]);
    await store.appendTurn('dialogue-1', 1, aTurn('Hi'));
  });

  it('takes back the whole transaction when a part of it fails', async () => {
    const store = await open();
    const profile = { ...aHeader().profile, targets: [] };
    const unclonable = { ...profile, id: 'bad', summary: (() => '') as unknown as string };
    const failure = await store.saveProfiles([profile, unclonable]).catch((e: unknown) => e);
    expect(failure).toMatchObject({ name: 'LabError', code: 'internal' });
    expect(errorCodes).toContain((failure as { code: string }).code);
    expect(await store.listProfiles('boardgames')).toEqual([]);
  });

  it('never rejects as if it had been aborted on purpose', async () => {
    const store = await open();
    const original = IDBObjectStore.prototype.add;
    vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
      this: IDBObjectStore,
      ...args
    ) {
      const request = original.apply(this, args);
      this.transaction.abort();
      return request;
    });
    await expect(store.createRun(aRun())).rejects.toMatchObject({ name: 'LabError' });
  });
});
