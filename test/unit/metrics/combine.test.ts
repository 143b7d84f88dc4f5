import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/lib/domain/random';
import { combineBy, combineSums } from '../../../src/lib/metrics/combine';

describe('combining sums', () => {
  it('gives the same number and the same draws as combining the parts themselves', () => {
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
    const bySums = combineSums<number>(
      2,
      (value) => [value, 1],
      ([total = 0, n = 0]) => total / n,
    );
    const byParts = combineBy<number>((values) => sum(values) / values.length);
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(), (values, seed) => {
        expect(bySums.of(values)).toBe(byParts.of(values));
        const [draw, expected] = [bySums.sampler(values), byParts.sampler(values)];
        const [one, other] = [createRandom(seed), createRandom(seed)];
        for (let i = 0; i < 3; i++) expect(draw(one)).toBe(expected(other));
      }),
    );
  });
});
