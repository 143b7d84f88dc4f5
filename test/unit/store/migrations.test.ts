import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import {
  databaseVersion,
  migrate,
  migrations,
  type LabSchema,
} from '../../../src/lib/store/schema';
import { aDialogue, aRun } from './fixtures';
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

  it('run only the steps that a database lacks, in order', () => {
    const ran: number[] = [];
    const steps = [0, 1, 2, 3].map((step) => () => void ran.push(step));
    migrate({} as never, {} as never, 2, steps);
    expect(ran).toEqual([2, 3]);
  });
});
