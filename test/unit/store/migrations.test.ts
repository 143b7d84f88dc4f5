import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { toHeader } from '../../../src/lib/store/dialogue-rows';
import { toRow } from '../../../src/lib/store/facets';
import { foldTurns } from '../../../src/lib/store/fold-text';
import {
  databaseVersion,
  migrate,
  migrations,
  type LabSchema,
} from '../../../src/lib/store/schema';
import { aDialogue, aRun, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

describe('migrations', () => {
  it('have one step a version', () => {
    expect(databaseVersion).toBe(migrations.length);
  });

  it.each(migrations.map((_, version) => version))(
    'lead from version %i to today',
    async (from) => {
      if (from > 0) {
        const older = await openDB<LabSchema>('interplay-lab', from, {
          upgrade: (database, _old, _new, transaction) =>
            migrate(database, transaction, 0, migrations.slice(0, from)),
        });
        older.close();
      }
      const store = await open();
      await store.createRun(aRun());
      await store.importDialogues([aDialogue()]);
      expect(await store.getDialogue('dialogue-1')).toEqual(aDialogue());
    },
  );

  it('make what version 1 held findable, its records untouched', async () => {
    const older = await openDB('interplay-lab', 1, {
      upgrade: (database, _old, _new, transaction) =>
        void migrations[0]?.(database as never, transaction as never),
    });
    const { turns, ...header } = aDialogue();
    const { id, runId, profileId, startedAt } = header;
    await older.add('dialogues', { id, runId, profileId, startedAt, status: 'running', header });
    for (const [index, turn] of turns.entries()) {
      await older.add('turns', { dialogueId: id, index, turn });
    }
    older.close();
    const store = await open();
    expect(await store.getDialogue(id)).toEqual(aDialogue());
    expect(await store.findDialogues({ act: 'recommender.chat' })).toEqual([id]);
    expect(await store.searchTurns('hello')).toEqual([{ id, turn: 0 }]);
    await store.appendTurn(id, 2, aTurn('More'));
    expect((await store.summaries([id]))[0]?.turns).toBe(3);
  });

  it.each(
    migrations
      .slice(1)
      .map((_, i) => i + 2)
      .filter((from) => from < databaseVersion),
  )('keep what version %i held, and what it was found by', async (from) => {
    const older = await openDB<LabSchema>('interplay-lab', from, {
      upgrade: (database, _old, _new, transaction) =>
        migrate(database, transaction, 0, migrations.slice(0, from)),
    });
    const dialogue = aDialogue();
    const { id, turns } = dialogue;
    await older.add('runs', aRun());
    await older.add('dialogues', toRow(toHeader(dialogue), turns, ['kept']));
    await older.add('texts', { id, text: foldTurns(turns) });
    for (const [index, turn] of turns.entries()) {
      await older.add('turns', { dialogueId: id, index, turn });
    }
    older.close();
    const store = await open();
    expect(await store.getDialogue(id)).toEqual(dialogue);
    expect(await store.getRun('run-1')).toEqual(aRun());
    expect(await store.findDialogues({ tag: 'kept', act: 'recommender.chat' })).toEqual([id]);
    expect(await store.searchTurns('hello')).toEqual([{ id, turn: 0 }]);
  });

  it('that fail leave the older database as it was, and say so', async () => {
    const older = await openDB('interplay-lab', 1, {
      upgrade: (database, _old, _new, transaction) =>
        void migrations[0]?.(database as never, transaction as never),
    });
    await older.add('dialogues', { id: 'd', startedAt: 1, header: null });
    older.close();
    await expect(open()).rejects.toMatchObject({
      code: 'storage-unavailable',
      message: expect.stringContaining('left as it is'),
    });
    const again = await openDB('interplay-lab');
    expect(again.version).toBe(1);
    expect(await again.count('dialogues')).toBe(1);
    again.close();
  });

  it('run only the steps that a database lacks, in order', async () => {
    const ran: number[] = [];
    const steps = [0, 1, 2, 3].map((step) => () => void ran.push(step));
    await migrate({} as never, {} as never, 2, steps);
    expect(ran).toEqual([2, 3]);
  });
});
