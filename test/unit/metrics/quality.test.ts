import { describe, expect, it } from 'vitest';
import { metrics, resultOf, summarise } from '../../../src/lib/metrics';
import { findGates } from '../../../src/lib/metrics/gates';
import {
  broken,
  catalogue,
  chats,
  dialogue,
  hasSeen,
  named,
  profile,
  recommends,
  rejects,
  says,
} from './fixtures';
import { measure, value } from './measure';

describe('violations', () => {
  const dialogues = [
    dialogue([broken(says(), { kind: 'unparsed' }, { kind: 'cut-off' }), chats(), says()]),
    dialogue([says(), broken(chats(), { kind: 'stray-title', found: 'It' })]),
  ];

  it('are counted by kind, over turns and over dialogues', () => {
    expect(measure('violation-unparsed-turns', dialogues)).toMatchObject({
      value: 0.2,
      counts: { hits: 1, of: 5, unit: 'turns' },
    });
    expect(value('violation-unparsed-dialogues', dialogues)).toBe(0.5);
    expect(value('violation-any-turns', dialogues)).toBe(0.4);
    expect(value('violation-any-turns-user', dialogues)).toBeCloseTo(1 / 3, 12);
    expect(value('violation-contradiction-turns', dialogues)).toBe(0);
  });
});

describe('redraws', () => {
  const draft = { raw: '[chat]\nWell.', seed: 1, fault: 'repeat' as const };
  const turns = [
    { ...says(), seed: 1 },
    { ...chats(), seed: 3, drafts: [draft, draft] },
    { ...says('Another.'), seed: 4 },
    chats('A script.'),
  ];
  const allowed = { config: { ...dialogue([]).config, redraws: 2 } };

  it('are counted over the turns that a model drew', () => {
    const made = dialogue(turns, allowed);
    expect(value('redrawn-turns-both', [made])).toBeCloseTo(1 / 3, 12);
    expect(value('redrawn-turns-user', [made])).toBe(0);
    expect(value('redrawn-turns-recommender', [made])).toBe(1);
  });

  it('are unknown where there are none by the settings', () => {
    expect(measure('redrawn-turns-both', [dialogue(turns)])).toMatchObject({
      value: null,
      n: 0,
      leftOut: [{ count: 1 }],
    });
  });
});

describe('catalogue faithfulness', () => {
  const made = dialogue(
    [
      recommends(['f1', 'f2']),
      rejects('f1'),
      recommends(['f1', 'ghost']),
      hasSeen('f2'),
      named(named(recommends(['f2', 'o1']), 'f2', 'action'), 'x1'),
    ],
    { profile: profile({ liked: ['o1'] }) },
  );
  it.each([
    ['recommended-repeated', 2 / 6],
    ['recommended-rejected', 1 / 6],
    ['recommended-seen', 1 / 6],
    ['recommended-known', 1 / 6],
    ['recommended-invented', 1 / 6],
    ['stray-titles', 1 / 2],
  ])('%s', (id, expected) => {
    expect(value(id, [made])).toBeCloseTo(expected, 12);
    expect(value(id, [dialogue([says(), chats()])])).toBeNull();
  });
});

describe('gates', () => {
  const gatesOf = (turns: Parameters<typeof dialogue>[0]) => [...findGates(dialogue(turns), 'en')];
  const fine = [says('A farce.'), chats('Which farce do you want?'), says('A short one, please.')];

  it('let an ordinary dialogue pass, with a short word said twice', () => {
    expect(gatesOf(fine)).toEqual([]);
    expect(gatesOf([...fine, chats('Ok?'), says('Yes.'), chats('Sure?'), says('Yes!')])).toEqual(
      [],
    );
  });

  it.each([
    ['too-short', [says(), chats()]],
    ['runaway', [...fine, chats('word '.repeat(200))]],
    ['runaway', [...fine, broken(chats(), { kind: 'cut-off' })]],
    ['repeat', [...fine, chats('Which farce, do you want')]],
    ['role-swap', [...fine, says('I would recommend you a tragedy.')]],
    ['role-swap', [...fine, chats('Can you recommend something like that?')]],
    ['unparsed', [...fine, broken(chats(), { kind: 'unparsed' })]],
    ['empty', [...fine, chats(' ')]],
  ])('stop %s', (gate, turns) => {
    expect(gatesOf(turns)).toEqual([gate]);
    expect(value(`degenerate-${gate}`, [dialogue(turns), dialogue(fine)])).toBe(0.5);
    expect(value('degenerate-any', [dialogue(turns), dialogue(fine)])).toBe(0.5);
  });

  it('do not judge phrases of a language they do not know', () => {
    expect([...findGates(dialogue([...fine, says('I recommend it')]), 'de')]).toEqual([]);
  });
});

describe('anonymity', () => {
  it('counts what fits each profile once', () => {
    const farces = (profileId: string) => dialogue([says()], { profileId });
    const tragedies = dialogue([says()], {
      profile: profile({ wanted: [{ type: 'genre', value: 'tragedy' }] }),
    });
    const dialogues = [farces('a'), farces('a'), farces('a'), tragedies];
    expect(measure('anonymity-median', dialogues)).toMatchObject({
      value: (3 + 48) / 2,
      n: 2,
      leftOut: [{ count: 2, why: expect.stringContaining('already') }],
    });
    expect(value('anonymity-in-range', dialogues)).toBe(0.5);
    expect(value('anonymity-q1', dialogues)).toBe(3 + 45 / 4);
  });
});

describe('summarise', () => {
  const dialogues = Array.from({ length: 30 }, (_, i) =>
    i % 3 === 0
      ? dialogue([says(), recommends(['f1']), rejects('f1')])
      : dialogue([says(), recommends(['f1']), says()], { outcome: null }),
  );

  it('is repeatable, plain data, and every number lies in its interval', () => {
    const report = summarise(dialogues, catalogue, 7, { resamples: 100 });
    expect(summarise(dialogues, catalogue, 7, { resamples: 100 })).toEqual(report);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    expect(report.statuses).toMatchObject({ running: 20, limit: 10, accepted: 0 });
    for (const { value: number, interval } of report.metrics) {
      if (number === null || interval === null) continue;
      expect(interval[0]).toBeLessThanOrEqual(number);
      expect(interval[1]).toBeGreaterThanOrEqual(number);
    }
  });

  it('gives a value or a reason, and names every formula', () => {
    for (const result of summarise(dialogues, catalogue, 7, { resamples: 0 }).metrics) {
      expect(result.value === null, result.id).toBe(result.reason !== null);
      expect(result.formula && result.variant && result.source && result.name).not.toBe('');
      expect(Number.isFinite(result.value ?? 0), result.id).toBe(true);
    }
  });

  it('of nothing has no number at all', () => {
    const report = summarise([], catalogue, 7);
    expect(report.metrics.map(({ value: number }) => number)).toEqual(metrics.map(() => null));
  });

  it('gives an interval to nothing that one dialogue alone says', () => {
    const report = summarise(dialogues.slice(0, 1), catalogue, 7);
    expect(resultOf(report, 'raw-success')).toMatchObject({ value: 0, n: 1, interval: null });
  });

  it('has every metric once', () => {
    const ids = metrics.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
