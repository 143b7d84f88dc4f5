import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate, type Evaluation, type SingleTurn } from '../../../../src/lib/metrics';
import { catalogue } from '../fixtures';
import {
  alwaysAccept,
  copying,
  greetingOnly,
  held,
  middling,
  repeating,
  said,
  told,
  wish,
} from './systems';

/** System by system why it may not lead, by its name. */
const planted = {
  'greeting-only': 'recommending',
  'always-accept': 'judgement',
  'copy-the-context': 'copies',
  'repeats-itself': 'degenerate',
} as const;

/** People: some talk, some acts. */
const people = held('people', (i) => [
  told(`I am after wish ${String(i)}, ${wish(i, 5)}`),
  said({ ...told(''), role: 'recommender', actions: [{ type: 'chat' }] }, `Hm, ${wish(i, 6)}`),
  said({ ...told(''), actions: [{ type: 'accept' }] }, 'OK, good.'),
]);

const turnOf = (system: string, i: number, text: string): SingleTurn => ({
  id: `${system} ${String(i)}`,
  dialogueId: String(i),
  role: 'recommender',
  system,
  hypothesis: { text, acts: ['recommend'], items: ['f1', 'f2'] },
  reference: { text: `A play about wish ${String(i)}.`, acts: ['recommend'], items: ['f1'] },
  named: [],
  context: [{ role: 'user', text: wish(i) }],
});
const range = Array.from({ length: 12 }, (_, i) => i);
const singleTurns = [
  ...range.map((i) => turnOf('fair', i, `Perhaps the one on wish ${String(i)}?`)),
  ...range.map((i) => turnOf('greets', i, 'Hello and welcome!')),
  ...range.map((i) => turnOf('copies', i, wish(i))),
];

describe('planted bad systems', () => {
  let evaluation: Evaluation;
  beforeAll(async () => {
    evaluation = await evaluate(
      {
        catalogue,
        dialogues: [middling(), greetingOnly(), alwaysAccept(), copying(), repeating()].flat(),
        people: { name: 'people', dialogues: people },
        singleTurns,
      },
      { resamples: 40, permutations: 99 },
    );
  }, 120_000);

  const valueOf = (system: string, id: string) =>
    evaluation.systems
      .find(({ name }) => name.startsWith(system))
      ?.results.find((result) => result.id === id)?.value;

  it('have a table of every kind to lead in', () => {
    expect(evaluation.headlines.map(({ id }) => id)).toEqual([
      'outcome',
      'recommendation',
      'leakage',
      'soundness',
      'language-user',
      'language-recommender',
      'people',
      'single-turn-acts',
      'single-turn-recall',
    ]);
  });

  it.each(Object.entries(planted))('%s is caught by the rule "%s"', (name, rule) => {
    const report = evaluation.systems.find((system) => system.name.startsWith(name));
    expect(report?.disqualified.map((one) => one.rule)).toContain(rule);
  });

  it('never lead; a system that does what it should does', () => {
    for (const table of evaluation.headlines) {
      const leaders = table.rows.filter(({ rank }) => rank === 1).map(({ system }) => system);
      expect(leaders, table.id).toEqual([
        table.id.startsWith('single') ? 'fair' : 'middling + middling',
      ]);
    }
    expect(
      evaluation.systems.find(({ name }) => name.startsWith('middling'))?.disqualified,
    ).toEqual([]);
  });

  it('would lead by their numbers alone: the rules are what stops them', () => {
    const success = (name: string) => valueOf(name, 'verified-success') ?? NaN;
    expect(success('always-accept')).toBeGreaterThan(success('middling'));
    expect(success('copy-the-context')).toBe(1);
    expect(success('repeats-itself')).toBe(1);
    expect(valueOf('greeting-only', 'reply-leak')).toBe(0);
  });

  it('say why they have no rank', () => {
    const outcome = evaluation.headlines.find(({ id }) => id === 'outcome');
    const row = outcome?.rows.find(({ system }) => system.startsWith('always-accept'));
    expect(row?.rank).toBeNull();
    expect(row?.reason).toMatch(/whether or not a recommendation fits: discrimination 0\.00/);
  });

  it('are compared over the same profiles, corrected for their number', () => {
    const one = evaluation.comparisons.find(
      ({ metric, a, b }) =>
        metric === 'verified-success' && a.startsWith('middling') && b.startsWith('copy'),
    );
    expect(one).toMatchObject({
      pairs: 20,
      difference: -0.6,
      effect: { kind: 'h', word: 'large' },
    });
    expect(one?.p).toBeLessThan(0.05);
    expect(one?.pHolm ?? 0).toBeGreaterThan(one?.p ?? 1);
  });

  it('computes diversity on equally many turns', () => {
    expect(evaluation.equalTurns).toEqual({ user: 40, recommender: 20 });
    const counts = evaluation.systems.map(
      ({ results }) => results.find(({ id }) => id === 'unique-turns-recommender')?.leftOut,
    );
    expect(counts[0]).toEqual([{ count: 20, why: 'turn beyond the equal number of turns' }]);
  });
});

describe('evaluate', () => {
  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const running = evaluate(
      { catalogue, dialogues: middling() },
      {
        resamples: 0,
        signal: controller.signal,
        onProgress: ({ done }) => {
          seen.push(done);
          if (done === 5) controller.abort();
        },
      },
    );
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('says what to do when there is nothing, or nothing of the domain', async () => {
    await expect(evaluate({ catalogue, dialogues: [] })).rejects.toThrow(/npm run simulate/);
    const foreign = middling().map((one) => ({ ...one, domain: 'films' }));
    await expect(evaluate({ catalogue, dialogues: foreign })).rejects.toThrow(/domain "plays"/);
  });
});
