import { createRandom, deriveSeed } from '../../domain/random';
import { ranksOf } from './correlation';
import { meanOf } from './effect-size';
import { defaultPermutations } from './permutation';

/** Up to so many pairs every order is tried: 5,040. */
const mostPairsOfExact = 7;

/** Rounding must not make an equal statistic a smaller one. */
const tolerance = 1e-9;

/**
 * Two-sided p of Spearman's rho by permuting one side (Edgington 1969): how often it is at least as far from 0 as
 * observed. Drawn at random the observed order counts as one of the draws, so p is never 0. `null` with fewer than
 * three pairs or a side that does not vary.
 */
export function rankCorrelationP(
  pairs: readonly (readonly [x: number, y: number])[],
  seed: number,
  name: string,
  permutations: number = defaultPermutations,
): number | null {
  if (pairs.length < 3) return null;
  const centred = (values: number[]): number[] => {
    const middle = meanOf(values);
    return values.map((value) => value - middle);
  };
  const x = centred(ranksOf(pairs.map(([value]) => value)));
  const y = centred(ranksOf(pairs.map(([, value]) => value)));
  if (x.every((value) => value === 0) || y.every((value) => value === 0)) return null;
  // Both sides keep their spread in every order: the product alone decides.
  const product = (order: readonly number[]): number =>
    x.reduce((sum, value, i) => sum + value * (order[i] ?? 0), 0);
  const far = Math.abs(product(y)) - tolerance;
  let hits = 0;
  if (pairs.length <= mostPairsOfExact) {
    let ways = 0;
    for (const order of ordersOf(y)) {
      ways += 1;
      if (Math.abs(product(order)) >= far) hits += 1;
    }
    return hits / ways;
  }
  const random = createRandom(deriveSeed('rank-permutation', seed, name));
  const order = [...y];
  for (let draw = 0; draw < permutations; draw++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const held = order[i] as number;
      order[i] = order[j] as number;
      order[j] = held;
    }
    if (Math.abs(product(order)) >= far) hits += 1;
  }
  return (hits + 1) / (permutations + 1);
}

function* ordersOf(values: readonly number[]): Generator<readonly number[]> {
  if (values.length < 2) {
    yield values;
    return;
  }
  for (const [i, first] of values.entries()) {
    for (const rest of ordersOf([...values.slice(0, i), ...values.slice(i + 1)])) {
      yield [first, ...rest];
    }
  }
}
