import { ratingQuestions, type RatingQuestion } from '../../contracts/rating';
import { bootstrapInterval } from '../bootstrap';
import { mean } from '../parts';
import { cliffsDelta, meanOf, sizeWord } from '../statistics/effect-size';
import { holm } from '../statistics/holm';
import { meanDifferenceP } from '../statistics/permutation';
import type { MergedRatings } from './merge';
import { pairedPoints, ratedPoints, type RatedPoint, type Unblinded } from './unblind';

export interface RatingStatistics {
  seed: number;
  resamples: number;
  permutations: number;
}

type Interval = readonly [low: number, high: number] | null;
type Rated = Pick<MergedRatings, 'plan' | 'raters' | 'answers'>;

/** Mean rating of a system's single dialogues, 1 to 5. */
export interface SystemRating {
  question: RatingQuestion;
  system: string;
  /** Dialogues; the mean over raters of each counts once. */
  n: number;
  mean: number;
  /** 95 % bootstrap over dialogues. */
  interval: Interval;
}

/**
 * How two systems were told apart by one question: in pairs `a` against `b`, in single dialogues over those with one
 * profile and seed.
 */
export interface SystemPreference {
  question: RatingQuestion;
  a: string;
  b: string;
  /** Pairs of dialogues; the mean over raters of each counts once. */
  n: number;
  /** Raters' answers for either side; `null` where single dialogues were rated. */
  answers: { a: number; tie: number; b: number } | null;
  /** Share of answers for `a`, a tie counting half, mean over pairs; `null` where single dialogues were rated. */
  share: number | null;
  /** Mean of a minus b: from -1 to 1 in pairs, in points of the scale otherwise. */
  difference: number;
  /** 95 % bootstrap over pairs, of the share or, without one, of the difference. */
  interval: Interval;
  /** Two-sided sign-flip permutation test over the pairs. */
  p: number | null;
  /** Corrected by Holm's method over all of these tests. */
  pHolm: number | null;
  /** Cliff's delta in words, of single dialogues. */
  effect: { value: number; word: string } | null;
}

/** The mean rating of every system; nothing in a session of pairs. */
export function systemRatings(
  merged: Rated,
  unblinded: Unblinded,
  { seed, resamples }: RatingStatistics,
): SystemRating[] {
  if (merged.plan.mode === 'pairs') return [];
  return ratingQuestions.flatMap((question) => {
    const points = ratedPoints(merged, unblinded, question);
    return systemNames(points).map((system): SystemRating => {
      const values = points.filter(({ a }) => a.system === system).map(({ rating }) => rating);
      const name = `rating ${question} ${system}`;
      return {
        question,
        system,
        n: values.length,
        mean: meanOf(values),
        interval: intervalOf(values, seed, resamples, name),
      };
    });
  });
}

/** Every two systems against each other, by each question. */
export function systemPreferences(
  merged: Rated,
  unblinded: Unblinded,
  statistics: RatingStatistics,
): SystemPreference[] {
  const found = ratingQuestions.flatMap((question) => {
    const points = ratedPoints(merged, unblinded, question);
    const names = systemNames(points);
    return names.flatMap((a, i) =>
      names
        .slice(i + 1)
        .flatMap(
          (b) =>
            (merged.plan.mode === 'pairs'
              ? preferred(merged, points, question, a, b, statistics)
              : differing(points, question, a, b, statistics)) ?? [],
        ),
    );
  });
  const corrected = holm(found.map(({ p }) => p));
  return found.map((one, i) => ({ ...one, pHolm: corrected[i] ?? null }));
}

function preferred(
  { answers }: Rated,
  points: readonly RatedPoint[],
  question: RatingQuestion,
  a: string,
  b: string,
  { seed, resamples, permutations }: RatingStatistics,
): SystemPreference | null {
  const own = points.flatMap((point) => {
    if (point.b === null || point.b.system === point.a.system) return [];
    const sides = [point.a.system, point.b.system];
    if (!sides.includes(a) || !sides.includes(b)) return [];
    return [{ point, for: point.a.system === a ? point.rating : -point.rating }];
  });
  if (own.length === 0) return null;
  const forA = own.map((one) => one.for);
  const name = `preference ${question} ${a} ${b}`;
  return {
    question,
    a,
    b,
    n: own.length,
    answers: counted(own, answers, question, a),
    share: meanOf(forA.map((value) => (1 + value) / 2)),
    difference: meanOf(forA),
    interval: intervalOf(
      forA.map((value) => (1 + value) / 2),
      seed,
      resamples,
      name,
    ),
    p: meanDifferenceP(forA, seed, name, permutations),
    pHolm: null,
    effect: null,
  };
}

function counted(
  own: readonly { point: RatedPoint }[],
  answers: Rated['answers'],
  question: RatingQuestion,
  a: string,
): { a: number; tie: number; b: number } {
  const counts = { a: 0, tie: 0, b: 0 };
  const leftIsA = new Map(own.map(({ point }) => [point.item, point.a.system === a]));
  for (const { item, question: asked, value } of answers) {
    const isLeft = leftIsA.get(item);
    if (isLeft === undefined || asked !== question) continue;
    if (value === 'tie') counts.tie += 1;
    else counts[(value === 'a') === isLeft ? 'a' : 'b'] += 1;
  }
  return counts;
}

function differing(
  points: readonly RatedPoint[],
  question: RatingQuestion,
  a: string,
  b: string,
  { seed, resamples, permutations }: RatingStatistics,
): SystemPreference | null {
  const pairs = pairedPoints(points, a, b);
  if (pairs.length === 0) return null;
  const differences = pairs.map(([first, second]) => first.rating - second.rating);
  const name = `rating difference ${question} ${a} ${b}`;
  const delta = cliffsDelta(
    pairs.map(([first]) => first.rating),
    pairs.map(([, second]) => second.rating),
  );
  return {
    question,
    a,
    b,
    n: pairs.length,
    answers: null,
    share: null,
    difference: meanOf(differences),
    interval: intervalOf(differences, seed, resamples, name),
    p: meanDifferenceP(differences, seed, name, permutations),
    pHolm: null,
    effect: delta === null ? null : { value: delta, word: sizeWord('delta', delta) },
  };
}

function systemNames(points: readonly RatedPoint[]): string[] {
  return [...new Set(points.flatMap(({ a, b }) => (b ? [a.system, b.system] : [a.system])))].sort();
}

function intervalOf(
  values: readonly number[],
  seed: number,
  resamples: number,
  name: string,
): Interval {
  if (values.length < 2 || resamples === 0) return null;
  return bootstrapInterval(mean.sampler(values), seed, name, resamples);
}
