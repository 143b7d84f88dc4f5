import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/lib/domain/random';
import { bootstrapInterval, quantile } from '../../../src/lib/metrics';

/** Mean of values drawn with replacement. */
function redrawMean(values: readonly number[]) {
  return (random: () => number): number => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += values[Math.floor(random() * values.length)] ?? NaN;
    }
    return sum / values.length;
  };
}

describe('quantile', () => {
  it('is linear between the nearest values', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBeCloseTo(1.75, 12);
    expect(quantile([3, 1, 2], 0.5)).toBe(2);
    expect(quantile([10, 2], 0.975)).toBeCloseTo(9.8, 12);
    expect(quantile([], 0.5)).toBeNull();
  });

  it('lies among the values, which it leaves as they are', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (numbers, p) => {
        const before = [...numbers];
        const q = quantile(numbers, p) ?? NaN;
        expect(q).toBeGreaterThanOrEqual(Math.min(...numbers) - 1e-9);
        expect(q).toBeLessThanOrEqual(Math.max(...numbers) + 1e-9);
        expect(numbers).toEqual(before);
      }),
    );
  });
});

describe('bootstrapInterval', () => {
  const values = Array.from({ length: 400 }, (_, i) => (i < 120 ? 1 : 0));

  it('is that of the normal approximation for a large share', () => {
    const [low, high] = bootstrapInterval(redrawMean(values), 1, 'm', 4000) ?? [NaN, NaN];
    const half = 1.96 * Math.sqrt((0.3 * 0.7) / 400);
    expect(low).toBeCloseTo(0.3 - half, 2);
    expect(high).toBeCloseTo(0.3 + half, 2);
  });

  it('covers the truth in about 95 of 100 samples', () => {
    const random = createRandom(5);
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const sample = Array.from({ length: 80 }, () => (random() < 0.4 ? 1 : 0));
      const [low, high] = bootstrapInterval(redrawMean(sample), trial, 'm', 300) ?? [NaN, NaN];
      if (low <= 0.4 && 0.4 <= high) covered += 1;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.99);
  });

  it('repeats with its seed and name, and with them only', () => {
    const interval = (seed: number, name: string) =>
      bootstrapInterval((random) => random(), seed, name, 200);
    expect(interval(1, 'a')).toEqual(interval(1, 'a'));
    expect(interval(1, 'a')).not.toEqual(interval(2, 'a'));
    expect(interval(1, 'a')).not.toEqual(interval(1, 'b'));
  });

  it('is not given when many draws leave the number undefined', () => {
    expect(bootstrapInterval((random) => (random() < 0.1 ? null : 1), 1, 'm')).toBeNull();
    expect(bootstrapInterval((random) => (random() < 0.01 ? null : 1), 1, 'm')).toEqual([1, 1]);
  });
});
