import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/lib/contracts';
import type { RecommenderView, ViewTurn } from '../../../src/lib/contracts';
import { bagOf } from '../../../src/lib/recommend/bag';
import { createContentScorer } from '../../../src/lib/recommend/content-scores';
import { parseLearnedRanking } from '../../../src/lib/recommend/learned-file';
import {
  createLearnedRanker,
  createLearnedScorer,
} from '../../../src/lib/recommend/learned-ranker';
import { readSignals, type Signals } from '../../../src/lib/recommend/signals';
import { parseStatistics } from '../../../src/lib/recommend/statistics';
import { shippedDomain } from '../../support/domains';

const { catalogue, statistics } = shippedDomain('boardgames');
const goldenFile = fileURLToPath(new URL('../../golden/ranker.json', import.meta.url));
const golden = JSON.parse(readFileSync(goldenFile, 'utf8')) as {
  learned: Record<string, unknown>;
  cases: { signals: Signals; scores: number[] }[];
};
const learned = parseLearnedRanking(golden.learned, 'boardgames');

describe('the learned scores', () => {
  test('are those that models/tests/ranker/golden.py computes from the formulas', () => {
    const scoresOf = createLearnedScorer(catalogue, statistics, learned);
    expect(golden.cases.length).toBeGreaterThan(5);
    for (const { signals, scores } of golden.cases) {
      const found = scoresOf(signals);
      expect(found.length).toBe(scores.length);
      scores.forEach((score, at) => {
        expect(found[at]).toBeCloseTo(score, 5);
      });
    }
  });
});

/** A learned file that has learned nothing: what is left is content and the wishes' sense together. */
const empty = { keys: [], step: 1, values: [] };
const nothing = parseLearnedRanking(
  {
    schemaVersion: 1,
    domain: 'boardgames',
    version: '0123456789ab',
    dimensions: 1,
    inputs: { heard: empty, offered: empty, attributes: empty, words: empty },
    items: empty,
    biases: { step: 1, values: [] },
  },
  'boardgames',
);

describe('wishes', () => {
  const ranker = createLearnedRanker(catalogue, statistics, nothing);
  const heard = (text: string): ViewTurn => ({ by: 'other', text, cards: [] });
  const view = (...texts: string[]): RecommenderView => ({
    role: 'recommender',
    turns: texts.map(heard),
  });
  /** Three facts of a game, neighbours in its list. */
  const triples = catalogue.items.flatMap((item) => {
    const facts = catalogue.attributesOf(item);
    return facts.slice(2).map((_, i) => facts.slice(i, i + 3));
  });
  const phrase = (type: string, value: string) =>
    (catalogue.pack.attributeTypes.find(({ id }) => id === type)?.phrase ?? '{value}').replace(
      '{value}',
      value,
    );
  const has = (id: string | undefined, { type, value }: { type: string; value: string }) =>
    id !== undefined && (catalogue.byId(id)?.attributes[type]?.includes(value) ?? false);

  test('one after another, all of them count where an item has them all', () => {
    let asked = 0;
    for (const wishes of triples) {
      const [a = '', b = '', c = ''] = wishes.map(({ type, value }) => phrase(type, value));
      const said = view(a, 'Yes, go on.', b, c);
      const heardFacts = said.turns.flatMap(({ text }) => catalogue.findAttributes(text));
      if (new Set(heardFacts.map(({ value }) => value)).size !== 3) continue;
      const [best] = ranker.rank(said, catalogue, 1);
      expect(wishes.every((fact) => has(best, fact))).toBe(true);
      asked += 1;
    }
    expect(asked).toBeGreaterThan(20);
  });

  test('two count together once something was recommended, not before', () => {
    const offer: ViewTurn = {
      by: 'self',
      actions: [{ type: 'recommend', items: ['Up (2009)'] }],
      text: 'What about this?',
    };
    const firsts = (turns: (a: string, b: string) => ViewTurn[]) =>
      triples.map(([a, b]) => {
        const [first = '', second = ''] = [a, b].map((wish) =>
          wish ? phrase(wish.type, wish.value) : '',
        );
        const said: RecommenderView = { role: 'recommender', turns: turns(first, second) };
        const [best] = ranker.rank(said, catalogue, 1);
        return a !== undefined && b !== undefined && has(best, a) && has(best, b);
      });
    const share = (met: boolean[]) => met.filter(Boolean).length / met.length;
    const before = share(firsts((a, b) => [heard(a), heard(b)]));
    const after = share(firsts((a, b) => [heard(a), offer, heard(b)]));
    expect(after).toBeGreaterThan(before + 0.1);
    expect(after).toBeGreaterThan(0.9);
  });

  test('what is refused does not come first', () => {
    const order = ranker.rank(view('Something short.', 'No trains, please.'), catalogue, 5);
    const trains = { type: 'theme', value: 'trains' };
    expect(catalogue.items.some(({ id }) => has(id, trains))).toBe(true);
    expect(order.some((id) => has(id, trains))).toBe(false);
  });
});

describe('the bag', () => {
  test('evens long talks out, the last stance of a thing counting', () => {
    const one = catalogue.items[0]?.id ?? '';
    const two = catalogue.items[1]?.id ?? '';
    const bag = bagOf({
      items: [
        { item: one, stance: 'offered' },
        { item: one, stance: 'refused' },
        { item: two, stance: 'declined' },
      ],
      attributes: [],
      words: ['a', 'b', 'a', 'c', 'd'],
      corrected: false,
    });
    expect(bag.filter(({ table }) => table === 'heard')).toEqual([
      { table: 'heard', key: one, weight: -0.6 / Math.SQRT2 },
    ]);
    expect(bag.filter(({ table }) => table === 'words').map(({ weight }) => weight)).toEqual([
      0.5, 0.5, 0.5, 0.5,
    ]);
    expect(bag.some(({ key }) => key === two)).toBe(false);
  });
});

describe('leaving a dialogue out', () => {
  test('is the same as never having counted it', () => {
    const all = [
      ['bg01', 'bg02', 'bg03'],
      ['bg02', 'bg03'],
      ['bg01', 'bg04'],
    ];
    const scorerOf = (dialogues: string[][], counted: number) => {
      const named = (id: string) => dialogues.filter((ids) => ids.includes(id)).length;
      const pack = {
        ...catalogue.pack,
        items: catalogue.items.map((item) => ({ ...item, popularity: named(item.id) })),
      };
      const byId = new Map(pack.items.map((item) => [item.id, item]));
      const pairs: Record<string, (string | number)[]> = {};
      for (const a of byId.keys()) {
        const others = [...byId.keys()].filter((b) => a < b);
        pairs[a] = others.flatMap((b) => {
          const both = dialogues.filter((ids) => ids.includes(a) && ids.includes(b)).length;
          return both > 0 ? [b, both] : [];
        });
      }
      const file = { schemaVersion: 1, domain: 'boardgames', dialogues: counted, pairs };
      const changed = {
        ...catalogue,
        pack,
        items: pack.items,
        byId: (id: string) => byId.get(id) ?? null,
      };
      return createContentScorer(changed, parseStatistics(file));
    };
    const taste = { items: [{ item: 'bg02', weight: 1 }], attributes: [] };
    // The number of dialogues is the same for every item, so it is held fixed.
    const whole = scorerOf(all, 3).scores(taste, new Set(all[0]));
    const less = scorerOf(all.slice(1), 3).scores(taste);
    whole.forEach((score, at) => {
      expect(score).toBeCloseTo(less[at] ?? NaN, 10);
    });
    expect(scorerOf(all, 3).scores(taste)).not.toEqual(whole);
  });
});

describe('a damaged file', () => {
  test.each([
    [null],
    [{}],
    [{ ...golden.learned, schemaVersion: 2 }],
    [{ ...golden.learned, domain: 'movies' }],
    [{ ...golden.learned, version: 3 }],
    [{ ...golden.learned, dimensions: 4 }],
    [{ ...golden.learned, dimensions: 0.5 }],
    [{ ...golden.learned, inputs: {} }],
    [{ ...golden.learned, biases: { step: 1, values: [1] } }],
    [{ ...golden.learned, items: { keys: ['a', 'a', 'a'], step: 1, values: Array(9).fill(0) } }],
    [{ ...golden.learned, items: { keys: ['a'], step: 1, values: [1, 2, 'x'] } }],
  ])('is refused: %#', (json) => {
    const read = () => parseLearnedRanking(json, 'boardgames');
    expect(read).toThrow(LabError);
    expect(read).toThrow('learned ranker');
  });
});

test('what the other side says is read with its stance, its words apart from titles', () => {
  const signals = readSignals(
    {
      role: 'recommender',
      turns: [{ by: 'other', text: 'No trains. I love Quiet Harbour!', cards: [] }],
    },
    catalogue,
  );
  expect(signals.attributes.map(({ stance }) => stance)).toEqual(['refused']);
  expect(signals.items.map(({ stance }) => stance)).toEqual(['wanted']);
  expect(signals.words).toEqual(['no', 'trains', 'i', 'love']);
});
