/**
 * Cliff's delta (Cliff 1993): P(a > b) - P(a < b) over all pairs of a value of each, in [-1, 1]; `null` without
 * values. O((n + m) log m).
 */
export function cliffsDelta(a: readonly number[], b: readonly number[]): number | null {
  if (a.length === 0 || b.length === 0) return null;
  const sorted = Float64Array.from(b).sort();
  let balance = 0;
  for (const value of a) balance += below(sorted, value) - (sorted.length - upTo(sorted, value));
  return balance / (a.length * b.length);
}

/**
 * Cohen's d with the pooled standard deviation of two samples (Cohen 1988): difference of means in standard
 * deviations. `null` with fewer than two values a side or without any spread.
 */
export function cohensD(a: readonly number[], b: readonly number[]): number | null {
  if (a.length < 2 || b.length < 2) return null;
  const pooled =
    (squaresAround(a, meanOf(a)) + squaresAround(b, meanOf(b))) / (a.length + b.length - 2);
  return pooled === 0 ? null : (meanOf(a) - meanOf(b)) / Math.sqrt(pooled);
}

/** Cohen's h of two shares (Cohen 1988): difference of their arcsine transforms, in [-pi, pi]. */
export function cohensH(a: number, b: number): number {
  return 2 * Math.asin(Math.sqrt(a)) - 2 * Math.asin(Math.sqrt(b));
}

/** "negligible", "small", "medium" or "large" by Cohen's bounds for h and d, Romano's (2006) for delta. */
export function sizeWord(kind: 'h' | 'd' | 'delta', value: number): string {
  const [small, medium, large] = kind === 'delta' ? [0.147, 0.33, 0.474] : [0.2, 0.5, 0.8];
  const size = Math.abs(value);
  if (size < small) return 'negligible';
  if (size < medium) return 'small';
  return size < large ? 'medium' : 'large';
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresAround(values: readonly number[], mean: number): number {
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

/** How many sorted values are smaller. */
function below(sorted: Float64Array, value: number): number {
  return partition(sorted, (other) => other < value);
}

/** How many sorted values are no greater. */
function upTo(sorted: Float64Array, value: number): number {
  return partition(sorted, (other) => other <= value);
}

function partition(sorted: Float64Array, isLeft: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isLeft(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
