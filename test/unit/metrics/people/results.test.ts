import { describe, expect, it } from 'vitest';
import type { Dialogue, Score } from '../../../../src/lib/contracts';
import { createRandom } from '../../../../src/lib/domain/random';
import { defineMetric } from '../../../../src/lib/metrics';
import { mergeRatings } from '../../../../src/lib/metrics/people/merge';
import { blindedId } from '../../../../src/lib/metrics/people/plan';
import { ratingResults } from '../../../../src/lib/metrics/people/results';
import { mean } from '../../../../src/lib/metrics/parts';
import { rankCorrelationP } from '../../../../src/lib/metrics/statistics';
import { catalogue } from '../fixtures';
import { alwaysAccept, middling } from '../evaluation/systems';
import { planned, sheet } from './sheets';

const good = middling();
const bad = alwaysAccept();
const both = [...good, ...bad];
const numbers = { seed: 1, resamples: 200, permutations: 499 };

function metric(id: string, valueOf: (dialogue: Dialogue) => number) {
  return defineMetric<number>({
    ...{ id, name: id, formula: id, variant: '', source: 'test', unit: 'score' },
    population: 'all',
    observe: (dialogue) => ({ part: valueOf(dialogue) }),
    combine: mean,
    undefinedBecause: '',
  });
}

/** A number that has nothing to do with anything. */
const noise = ({ id }: Dialogue) =>
  [...id].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 97;
const place = ({ profileId }: Dialogue) => Number(profileId.slice(1));

const resultsOf = (merged: ReturnType<typeof mergeRatings>, dialogues = both) =>
  ratingResults(
    {
      merged,
      dialogues,
      catalogue,
      theta: 0.5,
      metrics: [metric('noise', noise), metric('match-score', place), metric('flat', () => 1)],
    },
    numbers,
  );

describe('results of single dialogues', () => {
  const { plan } = planned(both, { count: 40 }).session;
  const byBlind = new Map(both.map((one) => [blindedId(plan.seed, one.id), one]));
  // Ratings rise with the profile's number, and the bad system gets one point less.
  const valueOf = (shift: number) => (item: (typeof plan.items)[number]) => {
    const dialogue = byBlind.get(item.a);
    const isGood = dialogue !== undefined && good.includes(dialogue);
    const level =
      2 + Math.floor(((dialogue && place(dialogue)) ?? 0) / 7) + (isGood ? 1 : 0) + shift;
    return Math.max(1, Math.min(5, level)) as Score;
  };
  const merged = mergeRatings([
    { name: 'a', plan, sheets: [sheet(plan, 'Ada', valueOf(0)), sheet(plan, 'Bo', valueOf(-1))] },
  ]);

  it('are means by system, tested over the same profiles', async () => {
    const { systems, preferences, warnings } = await resultsOf(merged);
    const [first, second] = systems.filter(({ question }) => question === 'control');
    expect([first?.n, second?.n]).toEqual([20, 20]);
    expect(first?.system).toBe('always-accept + always-accept');
    expect((second?.mean ?? 0) - (first?.mean ?? 0)).toBeGreaterThan(0.8);
    const [difference] = preferences;
    expect(difference).toMatchObject({ n: 20, answers: null, share: null });
    expect(difference?.pHolm).toBeLessThan(0.01);
    expect(difference?.interval?.[1]).toBeLessThan(0);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('Raters hardly agree');
  });

  it('put Match Score first and call what shows nothing unproven', async () => {
    const { correlations, ratings } = await resultsOf(merged);
    const [first, ...rest] = correlations.filter(({ question }) => question === 'flow');
    expect(first).toMatchObject({ metric: 'match-score', verdict: 'related', because: null });
    expect(first?.spearman.value).toBeGreaterThan(0.7);
    expect(rest.map((one) => [one.metric, one.verdict])).toEqual([
      ['noise', 'unproven'],
      ['flat', 'unproven'],
    ]);
    expect(rest[1]?.because).toBe('one side does not vary');
    expect(ratings).toHaveLength(40 * 3);
  });

  it('are unproven for a handful of dialogues, whatever the numbers are', async () => {
    const few = planned(both, { count: 6 }).session.plan;
    const one = mergeRatings([{ name: 'a', plan: few, sheets: [sheet(few, 'Ada', valueOf(0))] }]);
    const { correlations, warnings } = await resultsOf(one);
    expect(correlations.every(({ verdict }) => verdict === 'unproven')).toBe(true);
    expect(correlations[0]?.because).toBe('N = 6 says nothing (at least 10)');
    expect(warnings.join(' ')).toContain('6 rated things say little');
    expect(warnings.join(' ')).toContain('One rater alone');
  });

  it('without the dialogues are agreement alone', async () => {
    const { agreement, systems, correlations, warnings } = await resultsOf(merged, []);
    expect(agreement[0]?.alpha).toBeGreaterThan(0);
    expect([systems, correlations]).toEqual([[], []]);
    expect(warnings[0]).toContain('The rated dialogues are not here');
  });
});

describe('results of pairs', () => {
  const { plan } = planned(both, { mode: 'pairs' }).session;
  const goodIds = new Set(good.map(({ id }) => blindedId(plan.seed, id)));
  const preferred = sheet(plan, 'Ada', ({ a }, question) =>
    question === 'control' ? (goodIds.has(a) ? 'a' : 'b') : 'tie',
  );
  const merged = mergeRatings([{ name: 'a', plan, sheets: [preferred] }]);

  it('say who is preferred, on whatever side it stood', async () => {
    const { preferences, systems, ratings } = await resultsOf(merged);
    expect(systems).toEqual([]);
    const [control, flow] = preferences;
    expect(control).toMatchObject({ answers: { a: 0, tie: 0, b: 20 }, share: 0, n: 20 });
    expect(control?.pHolm).toBeLessThan(0.01);
    expect(flow).toMatchObject({ answers: { a: 0, tie: 20, b: 0 }, share: 0.5, p: 1 });
    const own = ratings.filter(({ question }) => question === 'control');
    expect(own.find(({ dialogueId }) => dialogueId === good[0]?.id)?.rating).toBe(1);
  });

  it('relate differences of a metric to preferences', async () => {
    const { correlations } = await ratingResults(
      {
        merged,
        dialogues: both,
        catalogue,
        theta: 0.5,
        metrics: [metric('m', (one) => (good.includes(one) ? 1 : 0) + place(one) / 1000)],
      },
      numbers,
    );
    expect(correlations[0]?.spearman.value).toBeGreaterThan(0.7);
  });
});

describe('the permutation test of rank correlation', () => {
  it('tries every order of few pairs', () => {
    const rising = [1, 2, 3, 4, 5].map((value) => [value, value * 2] as const);
    expect(rankCorrelationP(rising, 1, 'x')).toBeCloseTo(2 / 120, 12);
    // Of the 24 orders of four, five have a sum of squared differences of at most 4, five of at least 16.
    const mixed = [
      [1, 2],
      [2, 1],
      [3, 4],
      [4, 3],
    ] as const;
    expect(rankCorrelationP(mixed, 1, 'x')).toBeCloseTo(10 / 24, 12);
    expect(rankCorrelationP(rising.slice(0, 2), 1, 'x')).toBeNull();
    expect(
      rankCorrelationP(
        rising.map(([x]) => [x, 1] as const),
        1,
        'x',
      ),
    ).toBeNull();
  });

  it('is uniform where there is nothing: about one in twenty below 0.05', () => {
    let below = 0;
    for (let round = 0; round < 200; round++) {
      const random = createRandom(round + 1);
      const pairs = Array.from({ length: 12 }, () => [random(), random()] as const);
      if ((rankCorrelationP(pairs, round, 'u', 199) ?? 1) <= 0.05) below += 1;
    }
    expect(below).toBeLessThan(24);
  });
});
