import { createRandom, deriveSeed } from '../../domain/random';
import { quantile } from '../bootstrap';
import { meanOf } from './effect-size';

type Pairs = readonly (readonly [x: number, y: number])[];

/** Ranks from 1, equal values sharing their mean rank. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end += 1;
    for (const { i } of order.slice(start, end)) ranks[i] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's r; `null` when a side does not vary. */
export function pearson(pairs: Pairs): number | null {
  if (pairs.length < 2) return null;
  const meanX = meanOf(pairs.map(([x]) => x));
  const meanY = meanOf(pairs.map(([, y]) => y));
  let [xy, xx, yy] = [0, 0, 0];
  for (const [x, y] of pairs) {
    xy += (x - meanX) * (y - meanY);
    xx += (x - meanX) ** 2;
    yy += (y - meanY) ** 2;
  }
  return xx === 0 || yy === 0 ? null : xy / Math.sqrt(xx * yy);
}

/** Spearman's rho: Pearson's r of mean ranks; `null` when a side does not vary. */
export function spearman(pairs: Pairs): number | null {
  const ranksY = ranksOf(pairs.map(([, y]) => y));
  return pearson(ranksOf(pairs.map(([x]) => x)).map((rank, i) => [rank, ranksY[i] ?? 0]));
}

/**
 * Kendall's tau-b (Kendall 1945): (concordant - discordant) / sqrt((pairs untied in x) (pairs untied in y)).
 * Quadratic: for ratings, of which there are hundreds. `null` when a side does not vary.
 */
export function kendallTauB(pairs: Pairs): number | null {
  let [balance, untiedX, untiedY] = [0, 0, 0];
  for (const [i, [x, y]] of pairs.entries()) {
    for (let j = 0; j < i; j++) {
      const [otherX, otherY] = pairs[j] as readonly [number, number];
      const [signX, signY] = [Math.sign(x - otherX), Math.sign(y - otherY)];
      balance += signX * signY;
      untiedX += Math.abs(signX);
      untiedY += Math.abs(signY);
    }
  }
  return untiedX === 0 || untiedY === 0 ? null : balance / Math.sqrt(untiedX * untiedY);
}

export interface Correlation {
  value: number | null;
  /** 95 % percentile bootstrap over the pairs; `null` with fewer than five or where draws are undefined. */
  interval: readonly [low: number, high: number] | null;
  n: number;
}

/** A correlation with its interval: pairs are drawn with replacement. */
export function correlate(
  pairs: Pairs,
  coefficient: (pairs: Pairs) => number | null,
  seed: number,
  name: string,
  resamples = 1000,
): Correlation {
  const value = coefficient(pairs);
  const n = pairs.length;
  if (value === null || n < 5) return { value, interval: null, n };
  const random = createRandom(deriveSeed('correlation', seed, name));
  const draws: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    const drawn = coefficient(pairs.map(() => pairs[Math.floor(random() * n)] as Pairs[number]));
    if (drawn !== null) draws.push(drawn);
  }
  const [low, high] = [quantile(draws, 0.025), quantile(draws, 0.975)];
  const defined = draws.length >= resamples * 0.95 && low !== null && high !== null;
  return { value, interval: defined ? [low, high] : null, n };
}
