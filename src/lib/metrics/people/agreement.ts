import { ratingQuestions, type RatingQuestion, type RatingValue } from '../../contracts/rating';
import { bootstrapInterval } from '../bootstrap';
import { fleissKappa, krippendorffAlpha, type Ratings } from '../statistics/agreement';
import type { MergedRatings } from './merge';
import { repeatsOf } from './plan';

/** How far raters agree on one question. */
export interface QuestionAgreement {
  question: RatingQuestion;
  raters: number;
  /** Items that at least two raters rated. */
  items: number;
  /** Krippendorff's alpha, ordinal; `null` where it is undefined. */
  alpha: number | null;
  /** 95 % bootstrap over items. */
  interval: readonly [low: number, high: number] | null;
  /** Fleiss' kappa over the items that every rater rated, and how many these are. */
  kappa: number | null;
  kappaItems: number;
  /** Of items shown twice: rated twice by one rater, the same both times, and the mean distance of the two. */
  self: { twice: number; same: number; distance: number | null };
}

/** An answer as a number that has an order: 1 to 5, or -1 left, 0 tie, 1 right. */
export function numberOfValue(value: RatingValue): number {
  if (value === 'a') return -1;
  if (value === 'b') return 1;
  return value === 'tie' ? 0 : value;
}

/** The ratings of each item that is no repeat, a place a rater. */
export function ratingUnits(
  { plan, raters, answers }: Pick<MergedRatings, 'plan' | 'raters' | 'answers'>,
  question: RatingQuestion,
): { item: string; ratings: Ratings }[] {
  const repeats = repeatsOf(plan.items);
  const given = new Map(
    answers
      .filter((answer) => answer.question === question)
      .map(({ rater, item, value }) => [`${item}\n${rater}`, numberOfValue(value)]),
  );
  return plan.items
    .filter(({ id }) => !repeats.has(id))
    .map(({ id }) => ({
      item: id,
      ratings: raters.map(({ rater }) => given.get(`${id}\n${rater}`) ?? null),
    }));
}

/** Agreement of raters with each other and with themselves; repeats count for the latter only. */
export function agreementOf(
  merged: Pick<MergedRatings, 'plan' | 'raters' | 'answers'>,
  seed: number,
  resamples: number,
): QuestionAgreement[] {
  return ratingQuestions.map((question) => {
    const units = ratingUnits(merged, question).map(({ ratings }) => ratings);
    const rated = units.filter((unit) => unit.filter((rating) => rating !== null).length > 1);
    const alpha = krippendorffAlpha(rated, 'ordinal');
    const whole = units.filter((unit) => unit.every((rating) => rating !== null));
    return {
      question,
      raters: merged.raters.length,
      items: rated.length,
      alpha,
      interval:
        alpha === null || rated.length < 5 || resamples === 0
          ? null
          : bootstrapInterval(
              (random) =>
                krippendorffAlpha(
                  rated.map(() => rated[Math.floor(random() * rated.length)] as Ratings),
                  'ordinal',
                ),
              seed,
              `alpha ${question}`,
              resamples,
            ),
      kappa: fleissKappa(countsOf(whole)),
      kappaItems: whole.length,
      self: selfAgreement(merged, question),
    };
  });
}

/** For each item how many raters gave each value. */
function countsOf(units: readonly Ratings[]): number[][] {
  const values = [...new Set(units.flat())].sort();
  return units.map((unit) =>
    values.map((value) => unit.filter((rating) => rating === value).length),
  );
}

function selfAgreement(
  { plan, answers }: Pick<MergedRatings, 'plan' | 'answers'>,
  question: RatingQuestion,
): QuestionAgreement['self'] {
  const repeats = repeatsOf(plan.items);
  const own = answers.filter((answer) => answer.question === question);
  const distances = own.flatMap(({ rater, item, value }) => {
    const original = repeats.get(item);
    const first = own.find((answer) => answer.rater === rater && answer.item === original?.id);
    if (!original || !first) return [];
    // A repeated pair has its sides exchanged.
    const again = original.b === null ? numberOfValue(value) : -numberOfValue(value);
    return [Math.abs(again - numberOfValue(first.value))];
  });
  return {
    twice: distances.length,
    same: distances.filter((distance) => distance === 0).length,
    distance:
      distances.length === 0
        ? null
        : distances.reduce((sum, distance) => sum + distance, 0) / distances.length,
  };
}
