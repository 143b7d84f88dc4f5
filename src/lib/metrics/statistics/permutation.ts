import { createRandom, deriveSeed, type Random } from '../../domain/random';

/** How often labels are exchanged where there are too many ways to try them all. */
export const defaultPermutations = 4999;

/** Up to so many pairs every way of exchanging labels is tried: 4,096. */
const mostPairsOfExact = 12;

/** Rounding must not make an equal statistic a smaller one. */
const tolerance = 1e-12;

/**
 * Two-sided p of a paired permutation test (Fisher 1935; Edgington 1969): how often the statistic is at least as
 * far from 0 as the observed one when the two labels of each pair are exchanged by chance. Drawn at random the
 * observed labels count as one of the draws, so p is never 0.
 *
 * @param exchanged the statistic after exchanging the labels of the pairs for which `swaps(i)` holds; `null`
 *   where it is undefined, which counts as far away, so that p errs on the safe side
 * @returns `null` without a pair
 */
export function permutationP(
  pairs: number,
  observed: number,
  exchanged: (swaps: (i: number) => boolean) => number | null,
  seed: number,
  name: string,
  permutations: number = defaultPermutations,
): number | null {
  if (pairs === 0) return null;
  const far = Math.abs(observed) * (1 - tolerance) - tolerance;
  const isFar = (value: number | null): boolean => value === null || Math.abs(value) >= far;
  let hits = 0;
  if (pairs <= mostPairsOfExact) {
    const ways = 2 ** pairs;
    for (let way = 0; way < ways; way++) {
      if (isFar(exchanged((i) => ((way >> i) & 1) === 1))) hits += 1;
    }
    return hits / ways;
  }
  const random = createRandom(deriveSeed('permutation', seed, name));
  for (let draw = 0; draw < permutations; draw++) {
    if (isFar(exchanged(coins(pairs, random)))) hits += 1;
  }
  return (hits + 1) / (permutations + 1);
}

function coins(n: number, random: Random): (i: number) => boolean {
  const flips = new Uint8Array(n);
  for (let i = 0; i < n; i++) flips[i] = random() < 0.5 ? 1 : 0;
  return (i) => flips[i] === 1;
}

/** The test for the mean of paired differences. */
export function meanDifferenceP(
  differences: readonly number[],
  seed: number,
  name: string,
  permutations: number = defaultPermutations,
): number | null {
  const sum = (sign: (i: number) => number): number =>
    differences.reduce((total, difference, i) => total + sign(i) * difference, 0);
  const mean = (total: number): number => total / differences.length;
  return permutationP(
    differences.length,
    mean(sum(() => 1)),
    (swaps) => mean(sum((i) => (swaps(i) ? -1 : 1))),
    seed,
    name,
    permutations,
  );
}
