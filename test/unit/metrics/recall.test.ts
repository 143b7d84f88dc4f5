import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ndcg, reciprocalRank } from '../../../src/lib/metrics/ranking';
import { chats, dialogue, named, recommends, says } from './fixtures';
import { measure, value } from './measure';

const rest = Array.from({ length: 44 }, (_, i) => `x${i}`);
/** A whole order of fifty: o1, o2, f1, o3, f2, then others. */
const order = ['o1', 'o2', 'f1', 'o3', 'f2', ...rest, 'f3'];

describe('Recall@k', () => {
  it("puts the model's pick first, then the ranker's order", () => {
    const dialogues = [dialogue([says(), recommends(['f2'], order)], { targets: ['f2', 'f1'] })];
    expect(value('recall@1-first-macro', dialogues)).toBe(0.5);
    // f2, o1, o2, f1: the pick does not count twice.
    expect(value('recall@5-first-macro', dialogues)).toBe(1);
  });

  it('tells the first, any and the last recommending turn apart', () => {
    const dialogues = [
      dialogue(
        [recommends(['f1'], order), chats(), recommends(['f2'], order), recommends(['o1'], order)],
        {
          targets: ['f1', 'f2'],
        },
      ),
    ];
    const at1 = (which: string) => value(`recall@1-${which}-macro`, dialogues);
    expect([at1('first'), at1('any'), at1('last')]).toEqual([0.5, 1, 0]);
  });

  it('averages dialogues in macro and targets in micro', () => {
    const dialogues = [
      dialogue([recommends(['f1'], order)], { targets: ['f1'] }),
      dialogue([recommends(['o1'], order)], { targets: ['f1', 'f2', 'f3'] }),
    ];
    expect(value('recall@1-first-macro', dialogues)).toBe(0.5);
    expect(measure('recall@1-first-micro', dialogues)).toMatchObject({
      value: 0.25,
      counts: { hits: 1, of: 4, unit: 'targets' },
    });
  });

  it('leaves out dialogues without a target and counts them', () => {
    const dialogues = [
      dialogue([recommends(['f1'], order)], { targets: [] }),
      dialogue([recommends(['f1'], order)], { targets: ['ghost'] }),
      dialogue([recommends(['f1'], order)]),
    ];
    expect(measure('recall@1-first-macro', dialogues)).toMatchObject({
      value: 1,
      n: 1,
      leftOut: [{ count: 2, why: expect.stringContaining('without a hidden target') }],
    });
  });

  it('is 0 where nothing was recommended, but unknown where the order is not recorded', () => {
    expect(value('recall@10-first-macro', [dialogue([says(), chats()])])).toBe(0);
    const unranked = [dialogue([says(), recommends(['o1'])])];
    expect(value('recall@1-first-macro', unranked)).toBe(0);
    expect(measure('recall@10-first-macro', unranked)).toMatchObject({
      value: null,
      leftOut: [{ count: 1, why: expect.stringContaining('fewer than 10') }],
    });
  });

  it('in its "new" variant gives no credit for what someone had named before', () => {
    const copied = dialogue([named(says('Velvet Quarrel!'), 'f1'), recommends(['f1'], order)], {
      targets: ['f1', 'f2'],
    });
    expect(value('recall@1-first-macro', [copied])).toBe(0.5);
    expect(value('recall@1-first-new', [copied])).toBe(0);
  });
});

describe('MRR and NDCG', () => {
  it('are those of the definitions', () => {
    const dialogues = [
      dialogue([recommends(['o1'], order)], { targets: ['f1'] }),
      dialogue([recommends(['f2'], order)], { targets: ['f2'] }),
    ];
    expect(value('mrr-first', dialogues)).toBeCloseTo((1 / 3 + 1) / 2, 12);
    expect(value('ndcg@10-first', dialogues)).toBeCloseTo((1 / 2 + 1) / 2, 12);
    const worked = (1 + 1 / 2) / (1 + 1 / Math.log2(3));
    expect(ndcg(['a', 'b', 'c', 'd'], new Set(['a', 'c']), 10)).toBeCloseTo(worked, 12);
    expect(ndcg(['a', 'b', 'c'], new Set(['a', 'c', 'z']), 2)).toBeCloseTo(
      1 / (1 + 1 / Math.log2(3)),
      12,
    );
    expect(reciprocalRank(['a', 'b'], new Set(['b']), 1)).toBe(0);
  });

  it('lie in [0, 1] and are 1 exactly when targets lead', () => {
    const items = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 1 });
    fc.assert(
      fc.property(items, items, fc.integer({ min: 1, max: 8 }), (list, sought, k) => {
        const targets = new Set(sought);
        const score = ndcg(list, targets, k);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-12);
        const depth = Math.min(k, targets.size);
        const leads = list.slice(0, depth).filter((id) => targets.has(id)).length === depth;
        expect(Math.abs(score - 1) < 1e-12).toBe(leads);
      }),
    );
  });
});
