/**
 * p-values corrected for being several (Holm 1979), in the order given: the smallest times m, the next times
 * m - 1, ..., none below one before it, at most 1. `null` values are no tests and stay.
 */
export function holm(ps: readonly (number | null)[]): (number | null)[] {
  const tests = ps.flatMap((p, i) => (p === null ? [] : [{ p, i }])).sort((a, b) => a.p - b.p);
  const corrected: (number | null)[] = ps.map(() => null);
  let least = 0;
  for (const [rank, { p, i }] of tests.entries()) {
    least = Math.max(least, Math.min(1, p * (tests.length - rank)));
    corrected[i] = least;
  }
  return corrected;
}
