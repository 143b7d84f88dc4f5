import { describe, expect, it } from 'vitest';
import { aDialogue, aHeader, aRun, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

describe('what was deleted', () => {
  it('is gone from lists and searches, survives a reload, and comes back as it was', async () => {
    const first = await open();
    await first.importDialogues(['a', 'b', 'c'].map((id) => aDialogue({ id })));
    await first.changeTags(['a'], { add: ['good'] });
    expect(await first.trashDialogues(['a', 'b', 'gone'], 'batch-1', 5000)).toBe(2);
    expect(await first.findDialogues()).toEqual(['c']);
    expect(await first.getDialogue('a')).toBeNull();
    expect(await first.findDialogues({ tag: 'good' })).toEqual([]);
    first.close();
    const second = await open();
    expect(await second.listTrash()).toEqual([
      { batch: 'batch-1', deletedAt: 5000, dialogues: 2, runs: 0 },
    ]);
    expect(await second.restore('batch-1')).toBe(2);
    expect(await second.getDialogue('a')).toEqual(aDialogue({ id: 'a' }));
    expect(await second.findDialogues({ tag: 'good' })).toEqual(['a']);
    expect(await second.listTrash()).toEqual([]);
    expect(await second.restore('batch-1')).toBe(0);
  });

  it('is a run with all its dialogues, if it was a run', async () => {
    const store = await open();
    await store.createRun(aRun());
    await store.importDialogues([aDialogue({ id: 'a' }), aDialogue({ id: 'b', runId: 'other' })]);
    expect(await store.trashRun('run-1', 'batch-1', 1)).toBe(1);
    expect(await store.getRun('run-1')).toBeNull();
    expect(await store.findDialogues()).toEqual(['b']);
    await store.restore('batch-1');
    expect(await store.getRun('run-1')).toEqual(aRun());
    expect(await store.getDialogue('a')).toEqual(aDialogue({ id: 'a' }));
  });

  it('makes way for a new dialogue of its id, with none of its turns', async () => {
    const store = await open();
    await store.importDialogues([aDialogue()]);
    await store.trashDialogues(['dialogue-1'], 'batch-1', 1);
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Anew'));
    expect(await store.restore('batch-1')).toBe(0);
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual([aTurn('Anew')]);
  });

  it('makes way for an imported one too', async () => {
    const store = await open();
    await store.importDialogues([aDialogue()]);
    await store.trashDialogues(['dialogue-1'], 'batch-1', 1);
    const turns = [aTurn('Other')];
    expect((await store.importDialogues([aDialogue({ turns })])).added).toEqual(['dialogue-1']);
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual(turns);
  });

  it('is gone for good when the trash is emptied, up to a moment or all', async () => {
    const store = await open();
    await store.importDialogues(['a', 'b', 'c'].map((id) => aDialogue({ id })));
    await store.trashDialogues(['a'], 'old', 100);
    await store.trashDialogues(['b'], 'new', 200);
    await store.emptyTrash(200);
    expect((await store.listTrash()).map(({ batch }) => batch)).toEqual(['new']);
    await store.emptyTrash();
    expect(await store.listTrash()).toEqual([]);
    expect(await store.searchTurns('hello')).toEqual([{ id: 'c', turn: 0 }]);
    expect(await store.findDialogues()).toEqual(['c']);
  });
});

describe('the queue', () => {
  it('keeps runs in the order in which they were asked for', async () => {
    const store = await open();
    const { config } = aRun();
    const queued = {
      domain: 'boardgames',
      seed: 1,
      config,
      seats: { user: 'honest', recommender: 'random' },
      models: { user: null, recommender: null },
      engine: 'auto',
      profileIds: ['p', 'p'],
      status: 'waiting',
      runId: null,
      done: 0,
      failed: 0,
      error: null,
    } as const;
    await store.saveQueued([
      { ...queued, id: 'b', createdAt: 1 },
      { ...queued, id: 'a', createdAt: 2 },
    ]);
    await store.saveQueued([{ ...queued, id: 'a', createdAt: 2, status: 'paused', runId: 'r' }]);
    await store.removeQueued('gone');
    expect((await store.listQueued()).map(({ id, status }) => [id, status])).toEqual([
      ['b', 'waiting'],
      ['a', 'paused'],
    ]);
    await store.removeQueued('b');
    expect(await store.listQueued()).toHaveLength(1);
  });
});
