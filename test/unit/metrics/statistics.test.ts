import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/lib/domain/random';
import {
  cliffsDelta,
  correlate,
  gini,
  holm,
  jackknifeInterval,
  krippendorffAlpha,
  meanDifferenceP,
  spearman,
} from '../../../src/lib/metrics/statistics';

describe('the paired permutation test', () => {
  it('draws where there are too many ways, near the exact value and never 0', () => {
    const random = createRandom(3);
    const drawn = Array.from({ length: 60 }, () => random());
    const mean = drawn.reduce((sum, one) => sum + one, 0) / drawn.length;
    const none = drawn.map((one) => one - mean);
    expect(meanDifferenceP(none, 1, 'none')).toBeGreaterThan(0.9);
    const some = none.map((value) => value + 1);
    expect(meanDifferenceP(some, 1, 'some')).toBe(1 / 5000);
    expect(meanDifferenceP(some, 1, 'some')).toBe(meanDifferenceP(some, 1, 'some'));
  });

  it('rejects by chance about as often as it says', () => {
    const random = createRandom(11);
    let rejected = 0;
    for (let trial = 0; trial < 200; trial++) {
      const differences = Array.from({ length: 20 }, () => random() - 0.5);
      if ((meanDifferenceP(differences, trial, 't', 199) ?? 1) <= 0.05) rejected += 1;
    }
    expect(rejected / 200).toBeLessThan(0.1);
  });

  it('knows nothing without pairs', () => {
    expect(meanDifferenceP([], 1, 'x')).toBeNull();
    expect(holm([null, 0.01, 0.04])).toEqual([null, 0.02, 0.04]);
  });
});

describe('the jackknife', () => {
  it('is the normal interval for a mean', () => {
    const random = createRandom(7);
    const values = Array.from({ length: 400 }, () => random());
    const mean = (list: readonly number[]) => list.reduce((sum, one) => sum + one, 0) / list.length;
    const without = Array.from({ length: 20 }, (_, group) =>
      mean(values.filter((_value, i) => i % 20 !== group)),
    );
    const [low, high] = jackknifeInterval(mean(values), without) ?? [NaN, NaN];
    const half = 2.093 * Math.sqrt(1 / 12 / 400);
    expect((high - low) / 2).toBeGreaterThan(half * 0.6);
    expect((high - low) / 2).toBeLessThan(half * 1.5);
  });

  it('is not given for few groups or undefined values', () => {
    expect(jackknifeInterval(1, [1, 1, 1])).toBeNull();
    expect(jackknifeInterval(1, [1, 1, 1, 1, 1, null])).toBeNull();
  });
});

describe('sizes and agreements', () => {
  it('Cliff counts pairs', () => {
    const values = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const signs = a.flatMap((x) => b.map((y) => Math.sign(x - y)));
        const mean = signs.reduce<number>((sum, one) => sum + one, 0) / signs.length;
        expect(cliffsDelta(a, b)).toBeCloseTo(mean, 12);
      }),
    );
    expect(cliffsDelta([], [1])).toBeNull();
  });

  it('alpha is 1 for raters who agree, unknown where nothing could differ', () => {
    expect(krippendorffAlpha([[1, 1], [4, 4, null], [2]], 'ordinal')).toBe(1);
    expect(krippendorffAlpha([[3, 3]], 'ordinal')).toBeNull();
    expect(krippendorffAlpha([[3], [null, 1]], 'nominal')).toBeNull();
  });

  it('a correlation comes with its interval, and without one for few pairs', () => {
    const pairs = Array.from({ length: 30 }, (_, i) => [i, i + (i % 3)] as const);
    const { value, interval, n } = correlate(pairs, spearman, 1, 'x', 200);
    expect(n).toBe(30);
    expect(interval?.[0]).toBeLessThanOrEqual(value ?? NaN);
    expect(interval?.[1]).toBeGreaterThanOrEqual(value ?? NaN);
    expect(correlate(pairs.slice(0, 4), spearman, 1, 'x').interval).toBeNull();
    expect(
      spearman([
        [1, 2],
        [1, 3],
      ]),
    ).toBeNull();
  });

  it('Gini is 0 for equal shares and (n - 1) / n for one who has all', () => {
    expect(gini([3, 3, 3])).toBeCloseTo(0, 12);
    expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75, 12);
    expect(gini([0, 0])).toBeNull();
  });
});
