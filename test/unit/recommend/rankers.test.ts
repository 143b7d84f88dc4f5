import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecommenderView, ViewTurn } from '../../../src/lib/contracts';
import { buildStatistics } from '../../../src/lib/recommend/build-statistics';
import {
  createContentRanker,
  createPopularityRanker,
  createRandomRanker,
} from '../../../src/lib/recommend/ranker';
import { parseStatistics } from '../../../src/lib/recommend/statistics';
import { readTaste } from '../../../src/lib/recommend/taste';
import { shippedDomain } from '../../support/domains';

const { catalogue, statistics } = shippedDomain('boardgames');
const rankers = [
  createContentRanker(catalogue, statistics),
  createPopularityRanker(catalogue),
  createRandomRanker(catalogue, 1),
];
const heard = (text: string): ViewTurn => ({ by: 'other', text, cards: [] });
const view = (...turns: ViewTurn[]): RecommenderView => ({ role: 'recommender', turns });
const content = createContentRanker(catalogue, statistics);
const place = (id: string, ...turns: ViewTurn[]) =>
  content.rank(view(...turns), catalogue, null).indexOf(id);

describe.each(rankers)('$name', (ranker) => {
  const texts = fc.array(
    fc.constantFrom('Hi!', 'Quiet Harbour (2003)', 'no trains', 'Up', 'a farm game'),
  );

  test('ranks the whole catalogue, each item once, min(k, items) of it', () => {
    fc.assert(
      fc.property(texts, fc.option(fc.integer({ min: 0, max: 40 })), (said, k) => {
        const asked = view(...said.map(heard));
        const order = ranker.rank(asked, catalogue, k);
        expect(order.length).toBe(Math.min(k ?? 30, 30));
        expect(new Set(order).size).toBe(order.length);
        expect(order).toEqual(ranker.rank(asked, catalogue, null).slice(0, order.length));
        expect(ranker.rank(asked, catalogue, k)).toEqual(order);
      }),
    );
  });

  test('named items come last', () => {
    const own: ViewTurn = {
      by: 'self',
      actions: [{ type: 'recommend', items: ['Up (2009)'] }],
      text: 'What about this?',
    };
    const order = ranker.rank(view(heard('I played Quiet Harbour.'), own), catalogue, null);
    expect(new Set(order.slice(-2))).toEqual(new Set(['bg09', 'bg04']));
  });
});

describe('content', () => {
  test('likes raise what is alike', () => {
    expect(place('bg14', heard('I love Orbit & Ash.'))).toBeLessThan(
      place('bg14', heard('Hello!')),
    );
    expect(place('bg14', heard('I love Orbit & Ash.'))).toBeLessThan(3);
  });

  test('dislikes lower it', () => {
    const liked = place('bg14', heard('I love Orbit & Ash.'));
    expect(place('bg14', heard('I hate Orbit & Ash.'))).toBeGreaterThan(liked);
  });

  test('words for attributes are heard, refusals too', () => {
    const asked = place('bg24', heard('Something about trains, please.'));
    expect(asked).toBeLessThan(place('bg24', heard('Hello!')));
    expect(asked).toBeLessThan(15);
    expect(place('bg24', heard('Please no trains.'))).toBeGreaterThan(20);
  });

  test('a designer asked for comes first', () => {
    const order = content.rank(view(heard('Anything by Mirela Duic?')), catalogue, 4);
    const designers = order.map((id) => catalogue.byId(id)?.attributes.designer?.[0]);
    expect(new Set(designers)).toEqual(new Set(['Mirela Duic']));
  });

  test('with nothing said it is the order of popularity', () => {
    const order = content.rank(view(), catalogue, 3);
    expect(order).toEqual(createPopularityRanker(catalogue).rank(view(), catalogue, 3));
  });
});

describe('taste', () => {
  const weight = (text: string) => readTaste(view(heard(text)), catalogue).items[0]?.weight ?? 0;

  test('"not seen" is no dislike', () => {
    expect(weight("I haven't seen Quiet Harbour.")).toBeGreaterThan(0);
    expect(weight("I didn't like Quiet Harbour.")).toBeLessThan(0);
    expect(weight('Not a fan of space, but I love Quiet Harbour.')).toBeGreaterThan(0);
  });

  test('a recommendation that was turned down weighs less than nothing', () => {
    const own: ViewTurn = { by: 'self', actions: [], text: 'Try Quiet Harbour.' };
    const taste = (answer: string) =>
      readTaste(view(own, heard(answer)), catalogue).items[0]?.weight ?? 0;
    expect(taste('No, I hate fish.')).toBeLessThan(0);
    expect(taste('Sounds lovely!')).toBeGreaterThan(0);
  });
});

describe('random', () => {
  test('depends on the seed and the conversation, on nothing else', () => {
    const order = (seed: number, ...turns: ViewTurn[]) =>
      createRandomRanker(catalogue, seed).rank(view(...turns), catalogue, null);
    expect(order(1)).not.toEqual(order(2));
    expect(order(1)).not.toEqual(order(1, heard('Hello!')));
    expect(order(1, heard('Hello!'))).not.toEqual(order(1, heard('Good day!')));
    expect(order(1, heard('Hello!'))).toEqual(order(1, heard('Hello!')));
  });
});

describe('statistics', () => {
  test('built, written, read: both ways round', () => {
    const file = buildStatistics('d', 'made up', [new Set(['b', 'a']), new Set(['a', 'b', 'c'])]);
    const read = parseStatistics(JSON.parse(JSON.stringify(file)));
    expect(read.dialogues).toBe(2);
    expect(read.together('a')).toEqual(
      new Map([
        ['b', 2],
        ['c', 1],
      ]),
    );
    expect(read.together('b').get('a')).toBe(2);
    expect(read.together('none').size).toBe(0);
    expect(buildStatistics('d', '', [new Set(['a', 'b'])], 2).pairs).toEqual({});
  });

  test.each([
    3,
    {},
    { schemaVersion: 1 },
    { schemaVersion: 1, domain: 'd', dialogues: 1, pairs: { a: ['b'] } },
  ])('refuses %j', (json) => {
    expect(() => parseStatistics(json)).toThrow('statistics');
  });

  test('none is allowed', () => {
    expect(parseStatistics(null).together('a').size).toBe(0);
  });
});
