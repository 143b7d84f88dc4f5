import { describe, expect, it } from 'vitest';
import { createContext, summarise } from '../../../src/lib/metrics';
import { distanceMetrics } from '../../../src/lib/metrics/people/distance';
import {
  accepts,
  catalogue,
  chats,
  dialogue,
  named,
  recommends,
  rejects,
  says,
  turn,
} from './fixtures';
import { measure, value } from './measure';

describe('attributes', () => {
  const talk = dialogue([
    says('Something funny.'),
    chats(),
    says('I mean a farce!'),
    recommends(['f1', 'o1']),
  ]);

  it('said by the end and in the first turn', () => {
    expect(value('attributes-said', [talk])).toBe(1);
    expect(value('attributes-said-first', [talk])).toBe(0);
  });

  it('of what is recommended', () => {
    expect(value('match-attributes', [talk])).toBe(0.5);
    expect(measure('match-attributes', [dialogue([says()])])).toMatchObject({
      value: null,
      leftOut: [{ count: 1, why: 'dialogue without a recommendation' }],
    });
  });
});

describe('acts and words', () => {
  it('a turn does what it says, or not', () => {
    const good = [
      named(recommends(['f1']), 'f1', 'action'),
      turn('user', [{ type: 'reject', items: ['f1'] }], { text: "No, I don't think so." }),
      turn('recommender', [{ type: 'ask' }], { text: 'Which one?' }),
      turn('user', [{ type: 'bye' }], { text: 'Thanks, bye.' }),
    ];
    const bad = [
      recommends(['f1']),
      turn('user', [{ type: 'accept', items: ['f1'] }], { text: 'No thanks, not for me.' }),
    ];
    expect(value('act-text-any-user', [dialogue(good)])).toBe(1);
    expect(value('act-text-any-recommender', [dialogue(good)])).toBe(1);
    expect(value('act-text-any-user', [dialogue(bad)])).toBe(0);
    expect(value('act-text-recommend-recommender', [dialogue(bad)])).toBe(0);
  });

  it('acts by role, several a turn', () => {
    const both = turn('user', [{ type: 'reject', items: ['f1'] }, { type: 'inform' }]);
    expect(value('act-share-inform-user', [dialogue([says(), both])])).toBe(1);
    expect(value('act-share-reject-user', [dialogue([says(), both])])).toBe(0.5);
  });
});

describe('turns', () => {
  it('copies are told from answers', () => {
    const copy = dialogue([
      says('Any good farce with a happy end?'),
      chats('A good farce with a happy end!'),
      says(),
    ]);
    expect(value('copied-turns-recommender', [copy])).toBe(0);
    const exact = dialogue([
      says('Any good farce with a happy end?'),
      chats('any good FARCE with a happy end'),
    ]);
    expect(value('copied-turns-recommender', [exact])).toBe(1);
    expect(value('copied-turns-user', [exact])).toBe(0);
    expect(value('copied-turns-recommender', [dialogue([says('Yes'), chats('Yes')])])).toBe(0);
  });

  it('repeats count within a dialogue, different turns across them', () => {
    const one = () => dialogue([says('A farce, I said.'), chats(), says('a farce I SAID')]);
    expect(value('repeated-turns-user', [one(), one()])).toBe(0.5);
    expect(value('unique-turns-user', [one(), one()])).toBe(0.25);
    expect(value('words-mean-user', [one()])).toBe(4);
  });
});

describe('the spread over the catalogue', () => {
  it('is wide or narrow', () => {
    const narrow = [dialogue([recommends(['f1'])]), dialogue([recommends(['f1'])])];
    const wide = [dialogue([recommends(['f1'])]), dialogue([recommends(['f2'])])];
    expect(value('catalogue-coverage', narrow)).toBeCloseTo(1 / 52, 12);
    expect(value('catalogue-coverage', wide)).toBeCloseTo(2 / 52, 12);
    expect(value('gini', narrow) ?? 0).toBeGreaterThan(value('gini', wide) ?? 1);
    expect(value('catalogue-coverage', [dialogue([says()])])).toBeNull();
  });
});

describe('diversity at an equal number of turns', () => {
  const dialogues = Array.from({ length: 30 }, (_, i) =>
    dialogue([says(`wish ${String(i)} and that is all`), chats()]),
  );

  it('takes as many turns as it is told, the same ones for the same seed', () => {
    const sampled = (seed: number) => {
      const context = createContext(dialogues, catalogue, 0.5, { user: 10, seed });
      return dialogues.map((one) => context.sampledTexts(one, 'user').length);
    };
    expect(sampled(1).reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(sampled(1)).toEqual(sampled(1));
    expect(sampled(1)).not.toEqual(sampled(2));
  });

  it('has an interval by jackknife around its value', () => {
    const report = summarise(dialogues, catalogue, 1, {
      only: distanceMetrics(dialogues, createContext(dialogues, catalogue)),
    });
    for (const result of report.metrics) {
      if (result.id === 'people-length-recommender') expect(result.value).toBe(0);
      if (result.value !== null) expect(Math.abs(result.value)).toBeLessThan(1e-9);
    }
  });
});

describe('distance to people', () => {
  const people = [
    dialogue([says(), chats(), accepts('f1')]),
    dialogue([says(), chats(), rejects('f1')]),
  ];
  const far = [
    dialogue([chats(), chats(), chats('A very much longer turn than anybody else would take.')]),
  ];
  const metrics = distanceMetrics(people, createContext(people, catalogue));
  const valueOf = (id: string, of: typeof people) =>
    summarise(of, catalogue, 1, { only: metrics, resamples: 0 }).metrics.find(
      (one) => one.id === id,
    )?.value;

  it('is 0 to themselves and 1 where nothing is shared', () => {
    expect(valueOf('people-act-bigrams', people)).toBeCloseTo(0, 9);
    expect(valueOf('people-act-bigrams', far)).toBeGreaterThan(0.8);
    expect(valueOf('people-success', people)).toBe(0);
    expect(valueOf('people-success', far)).toBe(-0.5);
    expect(valueOf('people-length-user', far)).toBeNull();
  });
});
