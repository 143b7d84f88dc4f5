import type { Dialogue } from '../../contracts/dialogue';
import { ratingQuestions, type RatingQuestion } from '../../contracts/rating';
import type { Catalogue } from '../../domain/catalogue';
import { createContext } from '../context';
import type { Metric } from '../metric';
import { correlate, kendallTauB, spearman, type Correlation } from '../statistics/correlation';
import { holm } from '../statistics/holm';
import { rankCorrelationP } from '../statistics/rank-permutation';
import type { MergedRatings } from './merge';
import type { RatingStatistics } from './systems';
import { ratedPoints, type Unblinded } from './unblind';

/** With fewer rated things a correlation says nothing, whatever it is. */
export const leastRated = 10;

/** How one automatic metric goes with what people say. */
export interface RatedCorrelation {
  question: RatingQuestion;
  metric: string;
  name: string;
  spearman: Correlation;
  kendall: Correlation;
  /** Two-sided permutation test of Spearman's rho. */
  p: number | null;
  /** Corrected by Holm's method over the metrics of this question. */
  pHolm: number | null;
  /** `unproven` unless N, interval and corrected p all speak for a relation. */
  verdict: 'related' | 'unproven';
  /** Why it is unproven; `null` when it is not. */
  because: string | null;
}

/** A metric's value of each dialogue by itself; those that have none are left out. */
export type OwnValues = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Every metric of every dialogue taken alone. `step` is awaited between dialogues. */
export async function ownValues(
  metrics: readonly Metric[],
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  theta: number,
  seed: number,
  step: (what: string) => Promise<void>,
): Promise<OwnValues> {
  const values = new Map(metrics.map(({ id }) => [id, new Map<string, number>()]));
  for (const [i, dialogue] of dialogues.entries()) {
    await step(`rated dialogue ${String(i + 1)} of ${String(dialogues.length)}`);
    const context = createContext([dialogue], catalogue, theta, { seed });
    for (const metric of metrics) {
      const { value } = metric.measure([dialogue], context);
      if (value !== null) values.get(metric.id)?.set(dialogue.id, value);
    }
  }
  return values;
}

/**
 * Every metric against every question: over single dialogues its value and their mean rating, over pairs the
 * difference of its values and how far the first is preferred. Match Score first, then the order of the metrics.
 */
export async function correlationsOf(
  merged: Pick<MergedRatings, 'plan' | 'raters' | 'answers'>,
  unblinded: Unblinded,
  metrics: readonly Metric[],
  values: OwnValues,
  { seed, resamples, permutations }: RatingStatistics,
  step: (what: string) => Promise<void>,
): Promise<RatedCorrelation[]> {
  const ordered = [...metrics].sort((a, b) => rankOf(a.id) - rankOf(b.id));
  const found: RatedCorrelation[] = [];
  for (const question of ratingQuestions) {
    const points = ratedPoints(merged, unblinded, question);
    const family: Omit<RatedCorrelation, 'pHolm' | 'verdict' | 'because'>[] = [];
    for (const { id, name } of ordered) {
      await step(`${name} against ratings`);
      const own = values.get(id);
      const pairs = points.flatMap(({ a, b, rating }): (readonly [number, number])[] => {
        const first = own?.get(a.dialogue.id);
        const second = b === null ? 0 : own?.get(b.dialogue.id);
        return first === undefined || second === undefined ? [] : [[first - second, rating]];
      });
      const label = `${id} ${question}`;
      family.push({
        ...{ question, metric: id, name },
        spearman: correlate(pairs, spearman, seed, label, resamples),
        kendall: correlate(pairs, kendallTauB, seed, label, quadratic(resamples, pairs.length)),
        p: rankCorrelationP(pairs, seed, label, permutations),
      });
    }
    const corrected = holm(family.map(({ p }) => p));
    for (const [i, one] of family.entries()) {
      const pHolm = corrected[i] ?? null;
      const because = doubt(one.spearman, pHolm);
      found.push({ ...one, pHolm, because, verdict: because === null ? 'related' : 'unproven' });
    }
  }
  return found;
}

/** Fewer draws where each costs the square of many pairs; never none of those asked for. */
function quadratic(resamples: number, n: number): number {
  return Math.min(resamples, Math.max(200, Math.floor(1e7 / (n * n + 1))));
}

function rankOf(id: string): number {
  if (id === 'match-score') return 0;
  if (id.startsWith('match-score')) return 1;
  if (id.startsWith('match-')) return 2;
  return id.startsWith('judge-') ? 3 : 4;
}

/** Why a correlation shows nothing; `null` when it does. */
export function doubt({ value, interval, n }: Correlation, pHolm: number | null): string | null {
  if (n < leastRated) return `N = ${String(n)} says nothing (at least ${String(leastRated)})`;
  if (value === null) return 'one side does not vary';
  if (interval === null) return 'no interval';
  if (interval[0] <= 0 && interval[1] >= 0) return 'the interval holds 0';
  if (pHolm === null || pHolm >= 0.05) return 'not beyond chance for so many metrics';
  return null;
}
