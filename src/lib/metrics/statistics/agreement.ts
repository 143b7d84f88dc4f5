/** What raters said of one thing; `null` where one said nothing. */
export type Ratings = readonly (number | null)[];

export type Level = 'nominal' | 'ordinal' | 'interval';

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"): 1 - observed / expected
 * disagreement over the values that can be paired. `null` without a thing that two raters rated, or when all
 * values are one and the same, so that no disagreement could be expected.
 *
 * @param units the ratings of each thing
 */
export function krippendorffAlpha(units: readonly Ratings[], level: Level): number | null {
  const pairable = units
    .map((ratings) => ratings.filter((rating) => rating !== null))
    .filter((ratings) => ratings.length > 1);
  const values = [...new Set(pairable.flat())].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  const size = values.length;
  const together = new Float64Array(size * size);
  for (const ratings of pairable) {
    for (const [i, first] of ratings.entries()) {
      for (const [j, second] of ratings.entries()) {
        if (i === j) continue;
        const at = (place.get(first) ?? 0) * size + (place.get(second) ?? 0);
        together[at] = (together[at] ?? 0) + 1 / (ratings.length - 1);
      }
    }
  }
  const totals = values.map((_, i) =>
    together.subarray(i * size, (i + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  const n = totals.reduce((sum, total) => sum + total, 0);
  const distance = distanceOf(level, values, totals);
  let [observed, expected] = [0, 0];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const apart = distance(i, j);
      observed += (together[i * size + j] ?? 0) * apart;
      expected += ((totals[i] ?? 0) * (totals[j] ?? 0) * apart) / (n - 1);
    }
  }
  return expected === 0 || Number.isNaN(expected) ? null : 1 - observed / expected;
}

/** Squared difference of two values by the level of measurement. */
function distanceOf(
  level: Level,
  values: readonly number[],
  totals: readonly number[],
): (i: number, j: number) => number {
  if (level === 'nominal') return (i, j) => (i === j ? 0 : 1);
  if (level === 'interval') return (i, j) => ((values[i] ?? 0) - (values[j] ?? 0)) ** 2;
  return (i, j) => {
    const [low, high] = [Math.min(i, j), Math.max(i, j)];
    const between = totals.slice(low, high + 1).reduce((sum, total) => sum + total, 0);
    return (between - ((totals[i] ?? 0) + (totals[j] ?? 0)) / 2) ** 2;
  };
}

/**
 * Fleiss' kappa (Fleiss 1971) of things that each got the same number of ratings.
 *
 * @param counts for each thing, how many raters chose each category
 * @returns `null` without things, when the numbers of ratings differ, or when all chose one category
 */
export function fleissKappa(counts: readonly (readonly number[])[]): number | null {
  const sums = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const [raters] = sums;
  if (raters === undefined || raters < 2 || sums.some((sum) => sum !== raters)) return null;
  const agreement =
    counts.reduce(
      (sum, row) =>
        sum +
        (row.reduce((total, count) => total + count * count, 0) - raters) / (raters * (raters - 1)),
      0,
    ) / counts.length;
  const categories = Math.max(...counts.map((row) => row.length));
  let chance = 0;
  for (let j = 0; j < categories; j++) {
    const share = counts.reduce((sum, row) => sum + (row[j] ?? 0), 0) / (counts.length * raters);
    chance += share * share;
  }
  return chance === 1 ? null : (agreement - chance) / (1 - chance);
}
