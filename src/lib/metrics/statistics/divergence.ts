/** Counts by what is counted. */
export type Counts = ReadonlyMap<string, number>;

/** Shannon entropy in bits of the distribution that counts give; `null` without a count. */
export function entropy(counts: Iterable<number>): number | null {
  let [n, weighted] = [0, 0];
  for (const count of counts) {
    if (count <= 0) continue;
    n += count;
    weighted += count * Math.log2(count);
  }
  return n === 0 ? null : Math.log2(n) - weighted / n;
}

/**
 * Jensen-Shannon distance of two distributions given by counts: the square root of their divergence in bits
 * (Endres and Schindelin 2003), in [0, 1], 0 for equal ones. `null` when a side counts nothing.
 */
export function jensenShannonDistance(a: Counts, b: Counts): number | null {
  const [totalA, totalB] = [sum(a), sum(b)];
  if (totalA === 0 || totalB === 0) return null;
  let divergence = 0;
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const p = (a.get(key) ?? 0) / totalA;
    const q = (b.get(key) ?? 0) / totalB;
    const middle = (p + q) / 2;
    if (p > 0) divergence += (p * Math.log2(p / middle)) / 2;
    if (q > 0) divergence += (q * Math.log2(q / middle)) / 2;
  }
  return Math.sqrt(Math.max(0, divergence));
}

/** Gini coefficient of counts, zeros included: 0 when all are equal, near 1 when one has all. `null` of nothing. */
export function gini(counts: readonly number[]): number | null {
  const sorted = Float64Array.from(counts).sort();
  let [total, weighted] = [0, 0];
  for (const [i, count] of sorted.entries()) {
    total += count;
    weighted += (i + 1) * count;
  }
  const n = sorted.length;
  return total === 0 ? null : (2 * weighted) / (n * total) - (n + 1) / n;
}

function sum(counts: Counts): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}
