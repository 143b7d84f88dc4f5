import { describe, expect, it } from 'vitest';
import type { Dialogue, ProfileChange, Turn } from '../../../src/lib/contracts';
import { allMetrics, contradictionsOf, createContext, summarise } from '../../../src/lib/metrics';
import { curvesOf } from '../../../src/lib/metrics/evaluation/curves';
import { itemsToEncode, matchScoreMetrics } from '../../../src/lib/metrics/embedding/match-score';
import {
  accepts,
  catalogue,
  chats,
  dialogue,
  named,
  profile,
  recommends,
  rejects,
  says,
  userBye,
} from './fixtures';
import { measure, value } from './measure';

const farce = { type: 'genre', value: 'farce' };
const tragedy = { type: 'genre', value: 'tragedy' };

const toTragedy: readonly ProfileChange[] = [
  { field: 'wanted', from: [farce], to: [tragedy] },
  { field: 'targets', from: ['f1'], to: ['o1'] },
  { field: 'anonymity', from: 3, to: 48 },
];

/** Someone who wants farces, and from turn `turn` on tragedies; the target is `f1`, then `o1`. */
function steered(turns: Turn[], turn: number, changes = toTragedy): Dialogue {
  return dialogue(turns, {
    profile: profile({ wanted: [tragedy], anonymity: 48 }),
    targets: ['o1'],
    edits: [{ turn, changes }],
  });
}

/** The same record, read as if its last profile had been in force from the start. */
function unsteered({ edits: _edits, ...last }: Dialogue): Dialogue {
  return last;
}

/** By the profile in force, and by the last one. */
const both = (id: string, one: Dialogue) => [value(id, [one]), value(id, [unsteered(one)])];

const order = [
  'o2',
  'o1',
  'f2',
  'f1',
  ...Array.from({ length: 44 }, (_, i) => `x${i}`),
  'o3',
  'f3',
];

describe('a dialogue whose wishes were steered', () => {
  const tookFarce = steered([says(), recommends(['f1']), accepts('f1'), chats(), userBye()], 4);

  it('succeeds by what was wanted when the item was accepted', () => {
    expect(both('verified-success', tookFarce)).toEqual([1, 0]);
    expect(both('false-accept-rate', tookFarce)).toEqual([0, 1]);
    const tooEarly = steered([says(), recommends(['o1']), accepts('o1'), chats(), userBye()], 4);
    expect(both('verified-success', tooEarly)).toEqual([0, 1]);
  });

  it('discriminates by what was wanted when each item was judged', () => {
    const turns = [says(), recommends(['o1']), rejects('o1'), recommends(['o2']), accepts('o2')];
    expect(both('discrimination', steered(turns, 4))).toEqual([1, null]);
  });

  it('contradicts only the profile that was in force', () => {
    const one = steered([says('I want a farce.'), chats(), says('I want a tragedy.')], 2, [
      ...toTragedy,
      { field: 'unwanted', from: [tragedy], to: [farce] },
    ]);
    const last = { ...one, profile: { ...one.profile, unwanted: [farce] } };
    expect(contradictionsOf(last, catalogue)).toEqual([]);
    expect(contradictionsOf(unsteered(last), catalogue)).toMatchObject([{ turn: 0 }]);
    expect(both('contradictions-any', last)).toEqual([0, 0.5]);
  });

  it('covers the attributes that were wanted at each turn', () => {
    const one = steered([says(), chats(), says('Anything.'), chats()], 2);
    expect(both('attribute-coverage@1', one)).toEqual([1, 0]);
    expect(both('attribute-coverage@2', one)).toEqual([0, 0]);
    expect(both('attributes-said-first', one)).toEqual([1, 0]);
    expect(curvesOf([one], createContext([one], catalogue), plain).attributes).toEqual([1, 0]);
    const other = steered([says(), recommends(['f1']), says(), recommends(['o1'])], 2);
    expect(both('match-attributes', other)).toEqual([1, 0.5]);
  });

  it('counts the profile that it began with, and the crowd of the turn that decided', () => {
    expect(both('anonymity-median', tookFarce)).toEqual([3, 48]);
    const { anonymity } = curvesOf([tookFarce], createContext([tookFarce], catalogue), plain);
    expect(anonymity).toMatchObject([{ from: 0, fitting: 3, value: 1 }]);
  });

  it('is left out where nothing was wanted in part of it', () => {
    const one = steered([says(), recommends(['o1']), accepts('o1')], 1, [
      { field: 'wanted', from: [], to: [tragedy] },
    ]);
    const leftOut = [{ count: 1, why: 'profile without a wanted attribute' }];
    for (const id of ['discrimination', 'false-accept-rate', 'attribute-coverage@1']) {
      expect(measure(id, [one])).toMatchObject({ n: 0, leftOut });
    }
    // What decides was said with a wish.
    expect(value('verified-success', [one])).toBe(1);
  });

  it('is not judged by a change that no turn came after', () => {
    const turns = [says(), recommends(['f1']), accepts('f1')];
    expect(both('verified-success', steered(turns, 3))).toEqual([1, 0]);
    expect(both('recall@1-last-macro', steered(turns, 3))).toEqual([1, 0]);
  });

  it('has the same figures as any other where nothing that is judged was changed', () => {
    const changes: ProfileChange[] = [{ field: 'patience', from: null, to: 'low' }];
    const turns = [says(), recommends(['o2'], order), accepts('o2'), chats(), userBye()];
    const one = { ...steered(turns, 2, changes), profile: profile({ patience: 'low' }) };
    const figures = (of: Dialogue) =>
      summarise([of], catalogue, 1, { resamples: 0, only: allMetrics });
    expect(figures(one)).toEqual(figures(unsteered(one)));
  });
});

const plain = { seed: 1, resamples: 0 };

describe('a dialogue whose targets were steered', () => {
  const turns = [says(), recommends(['f1'], order), says(), recommends(['o1'], order)];
  const one = steered(turns, 2);

  it('is recalled by the targets of each recommending turn', () => {
    expect(both('recall@1-first-macro', one)).toEqual([1, 0]);
    expect(both('recall@1-last-macro', one)).toEqual([1, 1]);
    expect(measure('recall@1-any-micro', [one]).counts).toMatchObject({ hits: 2, of: 2 });
    expect(both('mrr-first', one)).toEqual([1, 1 / 3]);
    // Found while it was no target.
    const late = steered([says(), recommends(['o1']), says(), recommends(['f1'])], 2);
    expect(both('recall@1-any-macro', late)).toEqual([0, 1]);
  });

  it('takes as new what nobody had named when it became a target', () => {
    const said = [named(says(), 'f1'), recommends(['f1'], order)];
    const two = steered([...said, says(), recommends(['o1'], order)], 2);
    expect(measure('recall@1-any-new', [two])).toMatchObject({ value: 1, counts: { of: 1 } });
  });

  it('matches the targets of each turn', () => {
    expect(both('match-targets-first', one)).toEqual([1, 0.5]);
    const vectors = new Map(
      itemsToEncode([one], catalogue, 1).map(({ id }) => [
        id,
        new Float32Array(id.startsWith('f') ? [1, 0] : [0, 1]),
      ]),
    );
    const info = { id: 'e', precision: 'q8' } as Parameters<typeof matchScoreMetrics>[1];
    const [score] = matchScoreMetrics(vectors, info, 1);
    const by = (of: Dialogue) => score?.measure([of], createContext([of], catalogue)).value;
    expect([by(one), by(unsteered(one))]).toEqual([1, 0.5]);
  });

  it('leaks a target only while it is one', () => {
    const early = steered([named(says(), 'o1'), chats(), says(), chats()], 2);
    expect(both('reply-leak', early)).toEqual([0, 1]);
    const before = steered([named(says(), 'f1'), chats(), says(), chats()], 2);
    expect(both('reply-leak', before)).toEqual([1, 0]);
    const prompted = steered([{ ...says(), prompt: 'Velvet Quarrel' }, chats(), says()], 2);
    expect(both('prompt-leak', prompted)).toEqual([1, 0]);
    const told = steered([says(), chats(), says()], 2, [
      ...toTragedy,
      { field: 'summary', from: 'Loved Velvet Quarrel.', to: 'Likes to laugh.' },
    ]);
    expect(both('history-leak', told)).toEqual([1, 0]);
  });
});
