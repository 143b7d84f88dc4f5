import { describe, expect, it } from 'vitest';
import { decisionDifference, estimate, type Decision } from '../../../src/lib/metrics';

const decision = (positive: boolean, score: number, accepts = score > 0): Decision => ({
  group: 'g',
  positive,
  score,
  accepts,
});

describe('discrimination of single decisions', () => {
  it('is 0 for who accepts everything, 1 for who knows', () => {
    const knowing = [decision(true, 1), decision(false, -1)];
    expect(decisionDifference(knowing)).toBe(1);
    expect(decisionDifference(knowing.map((d) => ({ ...d, accepts: true })))).toBe(0);
    expect(decisionDifference([decision(true, 1)])).toBeNull();
  });

  it('has an interval over groups, the same for the same seed', () => {
    const many = Array.from({ length: 40 }, (_, i) => [
      { ...decision(true, i % 3), group: String(i) },
      { ...decision(false, i % 2), group: String(i) },
    ]).flat();
    const once = estimate(many, decisionDifference, 7, 'x');
    expect(once.n).toEqual({ groups: 40, positive: 40, negative: 40 });
    expect(once.interval?.[0]).toBeLessThan(once.value ?? 0);
    expect(once.interval?.[1]).toBeGreaterThan(once.value ?? 0);
    expect(estimate(many, decisionDifference, 7, 'x')).toEqual(once);
  });
});
