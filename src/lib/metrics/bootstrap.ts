import { createRandom, deriveSeed, type Random } from '../domain/random';

/** How many times the dialogues are drawn anew. */
export const defaultResamples = 1000;

/** More undefined draws than this share and the interval would describe another question. */
const undefinedDraws = 0.05;

/**
 * The 95 % percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13) of a statistic;
 * `redraw` computes it on units drawn with replacement. `null` when more than 5 % of the draws leave the
 * statistic undefined. The same seed and name give the same interval.
 */
export function bootstrapInterval(
  redraw: (random: Random) => number | null,
  seed: number,
  name: string,
  resamples: number = defaultResamples,
): readonly [low: number, high: number] | null {
  const random = createRandom(deriveSeed('bootstrap', seed, name));
  const values: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const value = redraw(random);
    if (value !== null) values.push(value);
  }
  if (values.length < resamples * (1 - undefinedDraws)) return null;
  const low = quantile(values, 0.025);
  const high = quantile(values, 0.975);
  return low === null || high === null ? null : [low, high];
}

/**
 * The p-quantile, linear between the two nearest values (type 7 of Hyndman and Fan 1996); `null` of nothing.
 */
export function quantile(values: readonly number[], p: number): number | null {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * p;
  const low = sorted[Math.floor(place)];
  const high = sorted[Math.ceil(place)];
  if (low === undefined || high === undefined) return null;
  return low + (high - low) * (place - Math.floor(place));
}
