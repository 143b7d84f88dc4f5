import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dialogue, Turn } from '../../../src/lib/contracts';
import type { DialogueFilter, FilterKind } from '../../../src/lib/store';
import { aDialogue, aHeader, aTurn } from './fixtures';
import { freshStores } from './fresh-store';

const open = freshStores();

const recommends = (item: string, part: Partial<Turn> = {}): Turn =>
  aTurn(`Try ${item}.`, {
    role: 'recommender',
    actions: [{ type: 'recommend', items: [item] }],
    ...part,
  });

/** What a record can be found by, worked out from the record alone. */
function valuesOf(dialogue: Dialogue, kind: FilterKind): string[] {
  const { turns } = dialogue;
  switch (kind) {
    case 'runId':
      return [dialogue.runId];
    case 'profileId':
      return [dialogue.profileId];
    case 'status':
      return [dialogue.outcome?.status ?? 'running'];
    case 'act':
      return turns.flatMap(({ role, actions }) => actions.map(({ type }) => `${role}.${type}`));
    case 'item':
      return turns.flatMap(({ actions }) => actions.flatMap(({ items }) => items ?? []));
    case 'model':
      return [`user.${dialogue.models.user.id}`, `recommender.${dialogue.models.recommender.id}`];
    case 'violation':
      return turns.flatMap(({ violations }) => violations.map(({ kind: found }) => found));
    case 'parent':
      return dialogue.forkOf ? [dialogue.forkOf.dialogueId] : [];
    case 'tag':
      return [];
  }
}

const turn = fc.record({
  item: fc.constantFrom('g1', 'g2', 'g3'),
  broken: fc.boolean(),
  user: fc.boolean(),
});

const dialogues = fc
  .array(
    fc.record({
      run: fc.constantFrom('r1', 'r2'),
      profile: fc.constantFrom('p1', 'p2'),
      startedAt: fc.nat(3),
      over: fc.boolean(),
      fork: fc.boolean(),
      turns: fc.array(turn, { maxLength: 4 }),
    }),
    { maxLength: 8 },
  )
  .map((parts) =>
    parts.map(({ run, profile, startedAt, over, fork, turns }, i) =>
      aDialogue({
        id: `d${String(i)}`,
        runId: run,
        profileId: profile,
        startedAt,
        outcome: over ? { status: 'limit', accepted: [], exchanges: 0 } : null,
        ...(fork ? { forkOf: { dialogueId: 'd0', turn: 1, edited: false } } : {}),
        turns: turns.map(({ item, broken, user }) =>
          user
            ? aTurn(item)
            : recommends(item, broken ? { violations: [{ kind: 'empty-text' }] } : {}),
        ),
      }),
    ),
  );

const filters: DialogueFilter[] = [
  {},
  { runId: 'r1' },
  { profileId: 'p2', status: 'limit' },
  { status: 'running' },
  { act: 'recommender.recommend', item: 'g2' },
  { violation: 'empty-text', runId: 'r2', item: 'g1' },
  { model: 'user.scripted' },
  { parent: 'd0' },
  { item: 'none' },
];

describe('dialogues are found', () => {
  it('by exactly what they hold, turn by turn or imported, in both orders', async () => {
    let databases = 0;
    await fc.assert(
      fc.asyncProperty(dialogues, fc.boolean(), async (held, imported) => {
        const store = await open({ name: `queries-${String(databases++)}` });
        if (imported) await store.importDialogues(held);
        else {
          for (const { turns, ...header } of held) {
            await store.beginDialogue({ ...header, outcome: null });
            for (const [i, each] of turns.entries()) await store.appendTurn(header.id, i, each);
            if (header.outcome) await store.finishDialogue(header.id, header.outcome);
          }
        }
        for (const filter of filters) {
          const expected = held
            .filter((dialogue) =>
              Object.entries(filter).every(([kind, value]) =>
                valuesOf(dialogue, kind as FilterKind).includes(value ?? ''),
              ),
            )
            .sort((a, b) => a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1))
            .map(({ id }) => id);
          expect(await store.findDialogues(filter, 'oldest')).toEqual(expected);
          expect(await store.findDialogues(filter)).toEqual([...expected].reverse());
        }
        for (const kind of ['runId', 'status', 'act', 'item', 'parent'] as const) {
          const counts = new Map<string, number>();
          for (const dialogue of held) {
            for (const value of new Set(valuesOf(dialogue, kind))) {
              counts.set(value, (counts.get(value) ?? 0) + 1);
            }
          }
          const expected = [...counts]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([value, count]) => ({ value, count }));
          expect(await store.filterValues(kind)).toEqual(expected);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('with what a list shows of them, and nothing where one is gone', async () => {
    const store = await open();
    const violations = [{ kind: 'empty-text' as const }];
    await store.importDialogues([
      aDialogue({ turns: [aTurn('Hello'), aTurn('', { violations })] }),
    ]);
    expect(await store.summaries(['dialogue-1', 'gone'])).toEqual([
      { header: aHeader(), status: 'running', tags: [], turns: 2, violations: 1 },
      null,
    ]);
    expect(await store.countDialogues()).toBe(1);
  });

  it('counts a run by its outcomes', async () => {
    const store = await open();
    const limit = { status: 'limit', accepted: [], exchanges: 0 } as const;
    await store.importDialogues([
      aDialogue({ id: 'a' }),
      aDialogue({ id: 'b', outcome: limit }),
      aDialogue({ id: 'c', outcome: limit }),
      aDialogue({ id: 'd', outcome: limit, runId: 'other' }),
    ]);
    expect(await store.countRun('run-1')).toEqual({ running: 1, limit: 2 });
    expect(await store.countRun('none')).toEqual({});
  });
});

describe('tags', () => {
  it('come and go, are trimmed and found, and are no part of the record', async () => {
    const store = await open();
    await store.importDialogues([aDialogue({ id: 'a' }), aDialogue({ id: 'b' })]);
    await store.changeTags(['a', 'b', 'gone'], { add: [' good ', 'long', ''] });
    await store.changeTags(['b'], { remove: ['good'] });
    expect(await store.findDialogues({ tag: 'good' })).toEqual(['a']);
    expect(await store.filterValues('tag')).toEqual([
      { value: 'good', count: 1 },
      { value: 'long', count: 2 },
    ]);
    expect(await store.getDialogue('a')).toEqual(aDialogue({ id: 'a' }));
    await store.appendTurn('a', 2, aTurn('More'));
    expect((await store.summaries(['a']))[0]?.tags).toEqual(['good', 'long']);
  });
});

describe('text search', () => {
  it('looks within a turn, whatever the case, accents and spaces', async () => {
    const store = await open();
    await store.importDialogues([
      aDialogue({ id: 'a', turns: [aTurn('Hello'), aTurn('I liked  AMÉLIE\na lot')] }),
      aDialogue({ id: 'b', turns: [aTurn('amelie'), aTurn('a lot')] }),
    ]);
    expect(await store.searchTurns('Amelie a LOT')).toEqual([{ id: 'a', turn: 1 }]);
    expect(await store.searchTurns('amélie')).toEqual([
      { id: 'a', turn: 1 },
      { id: 'b', turn: 0 },
    ]);
    expect(await store.searchTurns('amelie', { within: ['b', 'gone'] })).toEqual([
      { id: 'b', turn: 0 },
    ]);
    expect(await store.searchTurns('  ')).toEqual([]);
  });

  it('finds the turns of a dialogue that still goes on', async () => {
    const store = await open();
    await store.beginDialogue(aHeader());
    await store.appendTurn('dialogue-1', 0, aTurn('First'));
    await store.appendTurn('dialogue-1', 1, aTurn('Second'));
    expect(await store.searchTurns('second')).toEqual([{ id: 'dialogue-1', turn: 1 }]);
  });

  it('tells its progress part by part, and ends when it is called off', async () => {
    const store = await open();
    const many = Array.from({ length: 600 }, (_, i) =>
      aDialogue({ id: `d${String(i).padStart(3, '0')}`, turns: [aTurn(i % 100 ? 'no' : 'yes')] }),
    );
    await store.importDialogues(many);
    const looked: number[] = [];
    const hits = await store.searchTurns('yes', { onProgress: (_, n) => looked.push(n) });
    expect(hits.map(({ id }) => id)).toEqual(['d000', 'd100', 'd200', 'd300', 'd400', 'd500']);
    expect(looked).toEqual([250, 500, 600]);
    const controller = new AbortController();
    const reason = new DOMException('Called off.', 'AbortError');
    await expect(
      store.searchTurns('yes', {
        signal: controller.signal,
        onProgress: () => {
          controller.abort(reason);
        },
      }),
    ).rejects.toBe(reason);
  });
});
