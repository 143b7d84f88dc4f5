/** A label that was to be found, and the one that was. */
export interface Labelled {
  expected: string;
  found: string;
}

/** Share of labels found; `null` without any. */
export function accuracy(pairs: readonly Labelled[]): number | null {
  if (pairs.length === 0) return null;
  return pairs.filter(({ expected, found }) => expected === found).length / pairs.length;
}

/** Mean over the labels, of either side, of each one's F1 = 2 TP / (2 TP + FP + FN); `null` without any. */
export function macroF1(pairs: readonly Labelled[]): number | null {
  const labels = new Set(pairs.flatMap(({ expected, found }) => [expected, found]));
  if (labels.size === 0) return null;
  let sum = 0;
  for (const label of labels) {
    const hits = pairs.filter((pair) => pair.expected === label && pair.found === label).length;
    const either =
      pairs.filter((pair) => pair.expected === label).length +
      pairs.filter((pair) => pair.found === label).length;
    sum += (2 * hits) / either;
  }
  return sum / labels.size;
}

/** Cohen's kappa (Cohen 1960) of two labellings; `null` without labels or when both always give one and the same. */
export function cohensKappa(pairs: readonly Labelled[]): number | null {
  const observed = accuracy(pairs);
  if (observed === null) return null;
  const labels = new Set(pairs.flatMap(({ expected, found }) => [expected, found]));
  let chance = 0;
  for (const label of labels) {
    const expected = pairs.filter((pair) => pair.expected === label).length / pairs.length;
    const found = pairs.filter((pair) => pair.found === label).length / pairs.length;
    chance += expected * found;
  }
  return chance === 1 ? null : (observed - chance) / (1 - chance);
}

/**
 * Area under the ROC curve as the Mann-Whitney statistic: the chance that a positive scores above a negative,
 * ties half. A score that says nothing gives 0.5. `null` without positives or without negatives.
 */
export function auc(scored: readonly { score: number; positive: boolean }[]): number | null {
  const positives = scored.filter(({ positive }) => positive).map(({ score }) => score);
  const negatives = Float64Array.from(
    scored.filter(({ positive }) => !positive).map(({ score }) => score),
  ).sort();
  if (positives.length === 0 || negatives.length === 0) return null;
  let wins = 0;
  let start = 0;
  let end = 0;
  for (const score of Float64Array.from(positives).sort()) {
    while (start < negatives.length && (negatives[start] as number) < score) start += 1;
    end = Math.max(end, start);
    while (end < negatives.length && (negatives[end] as number) <= score) end += 1;
    wins += (start + end) / 2;
  }
  return wins / (positives.length * negatives.length);
}
