import { openDB } from 'idb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { holdLock, openStore, storageSpace, type LabStore } from '../../src/lib/store';
import { aDialogue, aHeader, aTurn } from '../unit/store/fixtures';

let stores: LabStore[] = [];
let databases = 0;

/** A database of its own for each test. */
function newName(): string {
  databases += 1;
  return `store-test-${databases}-${crypto.randomUUID()}`;
}

async function open(name: string, onClosed = vi.fn()): Promise<LabStore> {
  const store = await openStore({ name, onClosed });
  stores.push(store);
  return store;
}

afterEach(() => {
  for (const store of stores) store.close();
  stores = [];
});

describe('the store in a real browser', () => {
  it('gives a dialogue back exactly, also to a second tab that is open beside', async () => {
    const name = newName();
    const [writer, reader] = [await open(name), await open(name)];
    await writer.beginDialogue(aHeader());
    const turns = Array.from({ length: 20 }, (_, i) => aTurn(`turn ${i} \u{1f600}`));
    for (const [index, turn] of turns.entries()) await writer.appendTurn('dialogue-1', index, turn);
    expect(await reader.getDialogue('dialogue-1')).toStrictEqual(aDialogue({ turns }));
    await expect(reader.appendTurn('dialogue-1', 19, aTurn('other'))).rejects.toMatchObject({
      code: 'internal',
    });
  });

  it('lists by run, status and start', async () => {
    const store = await open(newName());
    await store.importDialogues(
      ['a', 'b', 'c'].map((id, i) => aDialogue({ id, startedAt: i * 0.5 })),
    );
    const page = await store.listDialogues({ runId: 'run-1', status: 'running', limit: 2 });
    expect(page.dialogues.map(({ id }) => id)).toEqual(['c', 'b']);
    const rest = await store.listDialogues({ runId: 'run-1', status: 'running', after: page.next });
    expect(rest.dialogues.map(({ id }) => id)).toEqual(['a']);
  });

  it('makes way for a newer version of the page', async () => {
    const name = newName();
    const onClosed = vi.fn();
    const store = await open(name, onClosed);
    (await openDB(name, 1000)).close();
    expect(onClosed).toHaveBeenCalledWith(expect.objectContaining({ code: 'storage-closed' }));
    await expect(store.listRuns()).rejects.toMatchObject({ code: 'storage-closed' });
    await expect(openStore({ name })).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  it('says how much is stored', async () => {
    const space = await storageSpace();
    expect(space?.quota).toBeGreaterThan(space?.used ?? Infinity);
  });

  it('lets one job at a time hold a lock, and frees it when the job fails', async () => {
    const name = newName();
    let finish = (): void => undefined;
    const first = holdLock(name, () => new Promise<void>((resolve) => (finish = resolve)));
    await expect(holdLock(name, async () => 1)).rejects.toMatchObject({
      code: 'locked-by-other-tab',
    });
    finish();
    await first;
    const failing = holdLock(name, () => Promise.reject(new Error('the job')));
    await expect(failing).rejects.toThrowError('the job');
    expect(await holdLock(name, async () => 2)).toBe(2);
  });
});
