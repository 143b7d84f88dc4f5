import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts';
import { exportDialogues, readDialogues, type DialogueCursor } from '../../../src/lib/store';
import { aDialogue, aHeader, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

describe('a dialogue, turn by turn', () => {
  it('is whole after the page was reloaded', async () => {
    const first = await open();
    await first.beginDialogue(aHeader());
    await first.appendTurn('dialogue-1', 0, aTurn('Hello'));
    await first.appendTurn('dialogue-1', 1, aTurn('Hi', { role: 'recommender' }));
    first.close();
    const second = await open();
    expect(await second.getDialogue('dialogue-1')).toStrictEqual(aDialogue());
    expect((await second.unfinishedDialogues()).map(({ id }) => id)).toEqual(['dialogue-1']);
  });

  it('keeps more than ten turns in order', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    const turns = Array.from({ length: 12 }, (_, i) => aTurn(`turn ${i}`));
    for (const [index, turn] of turns.entries()) await store.appendTurn('dialogue-1', index, turn);
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual(turns);
  });

  it('takes an equal turn twice and stores it once', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    const { role, ...rest } = aTurn('Hello');
    await store.appendTurn('dialogue-1', 0, { role, ...rest });
    await store.appendTurn('dialogue-1', 0, { ...rest, role });
    expect((await store.getDialogue('dialogue-1'))?.turns).toHaveLength(1);
  });

  it('refuses a gap, another turn in a place that is taken, and no place at all', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    const refused = { code: 'internal', message: expect.stringContaining('was not stored') };
    await expect(store.appendTurn('dialogue-1', 2, aTurn('x'))).rejects.toMatchObject(refused);
    await expect(store.appendTurn('dialogue-1', 0, aTurn('x'))).rejects.toMatchObject(refused);
    await expect(store.appendTurn('dialogue-1', 0.5, aTurn('x'))).rejects.toMatchObject(refused);
    await expect(store.appendTurn('dialogue-1', -1, aTurn('x'))).rejects.toMatchObject(refused);
    expect((await store.getDialogue('dialogue-1'))?.turns).toEqual([aTurn('Hello')]);
  });

  it('keeps what was steered between two turns, and refuses it once another turn was spoken', async () => {
    const store = await open();
    const { profile, targets } = aHeader();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    const steered = (turn: number, summary: string) => ({
      profile: { ...profile, summary },
      targets,
      edits: [
        { turn, changes: [{ field: 'summary' as const, from: profile.summary, to: summary }] },
      ],
    });
    await store.steerDialogue('dialogue-1', steered(1, 'Otherwise'));
    await store.steerDialogue('dialogue-1', steered(1, 'Otherwise'));
    const held = { turns: [aTurn('Hello')], ...steered(1, 'Otherwise') };
    expect(await store.getDialogue('dialogue-1')).toMatchObject(held);
    await store.appendTurn('dialogue-1', 1, aTurn('Hi', { role: 'recommender' }));
    const refused = { code: 'internal', message: expect.stringContaining('was not stored') };
    await expect(store.steerDialogue('dialogue-1', steered(1, 'Late'))).rejects.toMatchObject(
      refused,
    );
    const outcome = { status: 'declined' as const, accepted: [], exchanges: 1 };
    await store.finishDialogue('dialogue-1', outcome);
    await expect(store.steerDialogue('dialogue-1', steered(2, 'Late'))).rejects.toMatchObject(
      refused,
    );
    await expect(store.steerDialogue('none', steered(0, 'x'))).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect((await store.getDialogue('dialogue-1'))?.profile.summary).toBe('Otherwise');
  });

  it('does not mix up dialogues whose ids begin alike', async () => {
    const store = await open();
    for (const id of ['d', 'd1', 'd,1']) {
      await store.beginDialogue(aHeader({ id }));
      await store.appendTurn(id, 0, aTurn(`first of ${id}`));
    }
    await store.deleteDialogue('d');
    expect(await store.getDialogue('d')).toBeNull();
    expect((await store.getDialogue('d1'))?.turns).toEqual([aTurn('first of d1')]);
    expect((await store.getDialogue('d,1'))?.turns).toEqual([aTurn('first of d,1')]);
  });

  it('ends once, and then takes no turn', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    const outcome = { status: 'accepted', accepted: ['g1'], exchanges: 2 } as const;
    await store.finishDialogue('dialogue-1', outcome);
    await store.finishDialogue('dialogue-1', { ...outcome });
    await expect(
      store.finishDialogue('dialogue-1', { ...outcome, status: 'limit' }),
    ).rejects.toMatchObject({ code: 'internal' });
    await expect(store.appendTurn('dialogue-1', 0, aTurn('x'))).rejects.toMatchObject({
      code: 'internal',
    });
    expect(await store.getDialogue('dialogue-1')).toMatchObject({ outcome, turns: [] });
    expect(await store.unfinishedDialogues()).toEqual([]);
  });

  it('begins again where it stopped, its start kept, and is marked for good', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    await store.beginDialogue(aHeader({ startedAt: 9000, resumed: true }));
    await store.beginDialogue(aHeader({ startedAt: 9999 }));
    expect(await store.getDialogue('dialogue-1')).toEqual(
      aDialogue({ resumed: true, turns: [aTurn('Hello')] }),
    );
    await store.finishDialogue('dialogue-1', { status: 'limit', accepted: [], exchanges: 0 });
    await expect(store.beginDialogue(aHeader())).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('begins once; the same header again changes nothing', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    await store.beginDialogue(aHeader());
    await expect(store.beginDialogue(aHeader({ seed: 8 }))).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect((await store.getDialogue('dialogue-1'))?.turns).toHaveLength(1);
  });

  it('says so when the dialogue is not there', async () => {
    const store = await open();
    const missing = { code: 'bad-input', message: expect.stringContaining('"nobody"') };
    await expect(store.appendTurn('nobody', 0, aTurn('x'))).rejects.toMatchObject(missing);
    await expect(store.resumeDialogue('nobody')).rejects.toMatchObject(missing);
    expect(await store.getDialogue('nobody')).toBeNull();
    await store.deleteDialogue('nobody');
  });

  it('resumes what was stopped, marked so, but not what came to its end', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('Hello'));
    await store.finishDialogue('dialogue-1', { status: 'stopped', accepted: [], exchanges: 0 });
    const resumed = await store.resumeDialogue('dialogue-1');
    expect(resumed).toMatchObject({ resumed: true, outcome: null, turns: [aTurn('Hello')] });
    await store.appendTurn('dialogue-1', 1, aTurn('Hi'));
    await store.finishDialogue('dialogue-1', { status: 'limit', accepted: [], exchanges: 1 });
    await expect(store.resumeDialogue('dialogue-1')).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('listing', () => {
  async function filled() {
    const store = await open();
    const dialogues: Dialogue[] = Array.from({ length: 25 }, (_, i) =>
      aDialogue({
        id: `d${String(i).padStart(2, '0')}`,
        runId: i % 2 === 0 ? 'even' : 'odd',
        profileId: `p${i % 5}`,
        // Many at one time: the id decides.
        startedAt: 1000 + Math.floor(i / 10),
        outcome: i % 3 === 0 ? null : { status: 'limit', accepted: [], exchanges: 1 },
      }),
    );
    await store.importDialogues([...dialogues].reverse());
    return { store, ids: dialogues.map(({ id }) => id) };
  }

  it('pages through everything in both orders, each once', async () => {
    const { store, ids } = await filled();
    for (const order of ['oldest', 'newest'] as const) {
      const seen: string[] = [];
      let after: DialogueCursor | null = null;
      do {
        const page = await store.listDialogues({ order, limit: 4, after });
        expect(page.dialogues.length).toBeLessThanOrEqual(4);
        seen.push(...page.dialogues.map(({ id }) => id));
        after = page.next;
      } while (after);
      expect(seen).toEqual(order === 'oldest' ? ids : [...ids].reverse());
    }
  });

  it('filters by run, by status, by both and by profile, and pages within', async () => {
    const { store, ids } = await filled();
    const list = async (filter: Parameters<typeof store.listDialogues>[0]) => {
      const first = await store.listDialogues({ ...filter, order: 'oldest', limit: 2 });
      const rest = await store.listDialogues({ ...filter, order: 'oldest', after: first.next });
      return [...first.dialogues, ...rest.dialogues].map(({ id }) => id);
    };
    const where = (holds: (i: number) => boolean) => ids.filter((_, i) => holds(i));
    expect(await list({ runId: 'odd' })).toEqual(where((i) => i % 2 === 1));
    expect(await list({ status: 'running' })).toEqual(where((i) => i % 3 === 0));
    expect(await list({ runId: 'even', status: 'limit' })).toEqual(
      where((i) => i % 2 === 0 && i % 3 !== 0),
    );
    expect(await list({ profileId: 'p3' })).toEqual(where((i) => i % 5 === 3));
    expect(await store.listDialogues({ runId: 'none' })).toEqual({ dialogues: [], next: null });
    expect((await store.unfinishedDialogues('odd')).map(({ id }) => id)).toEqual(
      where((i) => i % 2 === 1 && i % 3 === 0),
    );
  });

  it('exports what can be imported again, and then knows it', async () => {
    const { store, ids } = await filled();
    let file = '';
    for await (const line of exportDialogues(store, { runId: 'odd' })) file += line;
    const { dialogues, problems } = await readDialogues(file);
    expect(problems).toEqual([]);
    expect(dialogues.map(({ id }) => id)).toEqual(ids.filter((_, i) => i % 2 === 1));
    const changed = dialogues.map((dialogue, i) =>
      i === 0 ? { ...dialogue, seed: 99 } : dialogue,
    );
    await store.deleteDialogue('d03');
    expect(await store.importDialogues(changed)).toEqual({
      added: ['d03'],
      same: dialogues.slice(2).map(({ id }) => id),
      different: ['d01'],
    });
    expect((await store.getDialogue('d01'))?.seed).toBe(7);
  });
});
