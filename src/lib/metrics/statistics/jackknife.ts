/** Into how many groups dialogues are dealt. */
export const jackknifeGroups = 20;

/** 97.5 % quantile of Student's t by degrees of freedom, for groups that can be formed (2 to 20). */
const studentT: readonly number[] = [
  NaN,
  12.7062,
  4.3027,
  3.1824,
  2.7764,
  2.5706,
  2.4469,
  2.3646,
  2.306,
  2.2622,
  2.2281,
  2.201,
  2.1788,
  2.1604,
  2.1448,
  2.1314,
  2.1199,
  2.1098,
  2.1009,
  2.093,
];

/**
 * The 95 % interval of a delete-a-group jackknife (Kott 2001): value +- t sqrt((g - 1) / g sum (v_i - mean)^2).
 * For counts of distinct things, which a bootstrap shrinks because it draws the same dialogue twice.
 *
 * @param without the statistic with each group left out; `null` where it is undefined
 * @returns `null` with fewer than five groups or an undefined value among them
 */
export function jackknifeInterval(
  value: number,
  without: readonly (number | null)[],
): readonly [low: number, high: number] | null {
  const values = without.filter((one) => one !== null);
  const g = values.length;
  const t = studentT[g - 1];
  if (g < 5 || g < without.length || t === undefined) return null;
  const mean = values.reduce((sum, one) => sum + one, 0) / g;
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const half = t * Math.sqrt(((g - 1) / g) * squares);
  return [value - half, value + half];
}

/** The group of each of `n` things: dealt in turn, so that an order in them does not make the groups differ. */
export function groupsOf(n: number): number {
  return Math.min(jackknifeGroups, n);
}
