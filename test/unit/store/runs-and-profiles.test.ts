import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/lib/contracts';
import { aDialogue, aHeader, aRun } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

describe('runs', () => {
  it('are created, updated and listed, the newest first', async () => {
    const store = await open();
    await store.createRun(aRun());
    await store.createRun(aRun({ id: 'run-2', createdAt: 2000 }));
    await store.updateRunStatus('run-1', 'done');
    expect(await store.getRun('run-1')).toEqual(aRun({ status: 'done' }));
    expect((await store.listRuns()).map(({ id }) => id)).toEqual(['run-2', 'run-1']);
    expect(await store.getRun('run-3')).toBeNull();
    await expect(store.updateRunStatus('run-3', 'done')).rejects.toMatchObject({
      code: 'bad-input',
    });
  });

  it('with the same settings are the stored one; with others refused', async () => {
    const store = await open();
    await store.createRun(aRun());
    await store.updateRunStatus('run-1', 'paused');
    expect(await store.createRun(aRun({ createdAt: 5000 }))).toEqual({
      run: aRun({ status: 'paused' }),
      created: false,
    });
    await store.createRun(aRun({ profileIds: ['p1', 'p2'] }));
    expect(await store.getRun('run-1')).toMatchObject({
      status: 'paused',
      profileIds: ['p1', 'p2'],
    });
    await expect(store.createRun(aRun({ seed: 8 }))).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('are deleted with their dialogues and turns, and no others', async () => {
    const store = await open();
    await store.createRun(aRun());
    await store.importDialogues([
      aDialogue(),
      aDialogue({ id: 'dialogue-2' }),
      aDialogue({ id: 'other', runId: 'run-11' }),
    ]);
    await store.deleteRun('run-1');
    expect(await store.getRun('run-1')).toBeNull();
    expect((await store.listDialogues()).dialogues.map(({ id }) => id)).toEqual(['other']);
    expect((await store.getDialogue('other'))?.turns).toHaveLength(2);
    // No turn of a deleted dialogue comes back under its id.
    await store.beginDialogue(aHeader());
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual([]);
  });
});

describe('profiles', () => {
  const profile = (id: string, domain = 'boardgames'): Profile => ({
    ...aHeader().profile,
    id,
    domain,
    targets: ['g1'],
  });

  it('are saved, replaced, listed by domain and deleted', async () => {
    const store = await open();
    await store.saveProfiles([profile('b'), profile('a'), profile('c', 'movies')]);
    await store.saveProfiles([{ ...profile('a'), summary: 'new' }]);
    expect(await store.listProfiles('boardgames')).toEqual([
      { ...profile('a'), summary: 'new' },
      profile('b'),
    ]);
    await store.deleteProfile('a');
    expect(await store.getProfile('a')).toBeNull();
    expect(await store.getProfile('c')).toEqual(profile('c', 'movies'));
  });
});
