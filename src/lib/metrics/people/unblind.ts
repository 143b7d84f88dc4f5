import type { Dialogue } from '../../contracts/dialogue';
import type { DialogueRating, RatingPlan, RatingQuestion } from '../../contracts/rating';
import { ratingQuestions } from '../../contracts/rating';
import { pairsOf, systemsOf } from '../evaluation/systems';
import { meanOf } from '../statistics/effect-size';
import { ratingUnits } from './agreement';
import type { MergedRatings } from './merge';
import { blindedId, repeatsOf } from './plan';

export interface RatedDialogue {
  dialogue: Dialogue;
  system: string;
}

/** What the blinded ids of a plan stand for, among some dialogues. */
export interface Unblinded {
  byId: ReadonlyMap<string, RatedDialogue>;
  /** Rated dialogues that are not among them. */
  missing: number;
}

/** Lifts the blinding; systems are named as in an evaluation of the same dialogues. */
export function unblind(plan: RatingPlan, dialogues: readonly Dialogue[]): Unblinded {
  const wanted = new Set(plan.items.flatMap(({ a, b }) => (b === null ? [a] : [a, b])));
  const byId = new Map<string, RatedDialogue>();
  for (const { name, dialogues: own } of systemsOf(dialogues)) {
    for (const dialogue of own) {
      const id = blindedId(plan.seed, dialogue.id);
      if (wanted.has(id)) byId.set(id, { dialogue, system: name });
    }
  }
  return { byId, missing: wanted.size - byId.size };
}

/** One rated thing: a dialogue and its mean rating, or two and how far the first is preferred, from -1 to 1. */
export interface RatedPoint {
  /** Id of the item. */
  item: string;
  a: RatedDialogue;
  b: RatedDialogue | null;
  rating: number;
  raters: number;
}

/** Mean over raters of every item whose dialogues are known; repeats do not count again. */
export function ratedPoints(
  merged: Pick<MergedRatings, 'plan' | 'raters' | 'answers'>,
  { byId }: Unblinded,
  question: RatingQuestion,
): RatedPoint[] {
  const repeats = repeatsOf(merged.plan.items);
  const items = new Map(merged.plan.items.map((item) => [item.id, item]));
  return ratingUnits(merged, question).flatMap(({ item: id, ratings }): RatedPoint[] => {
    const item = items.get(id);
    const values = ratings.filter((rating) => rating !== null);
    if (!item || repeats.has(id) || values.length === 0) return [];
    const a = byId.get(item.a);
    const b = item.b === null ? null : byId.get(item.b);
    if (!a || b === undefined) return [];
    // Left is -1 among answers; here the first one preferred is 1.
    const rating = b === null ? meanOf(values) : -meanOf(values) + 0;
    return [{ item: id, a, b, rating, raters: values.length }];
  });
}

/** Every rated dialogue with each question's rating: the mean, or in pairs the share of comparisons won. */
export function dialogueRatings(
  merged: Pick<MergedRatings, 'plan' | 'raters' | 'answers'>,
  unblinded: Unblinded,
): DialogueRating[] {
  return ratingQuestions.flatMap((question) => {
    const sums = new Map<string, { sum: number; raters: number }>();
    const add = ({ dialogue }: RatedDialogue, rating: number, raters: number) => {
      const known = sums.get(dialogue.id) ?? { sum: 0, raters: 0 };
      sums.set(dialogue.id, { sum: known.sum + rating * raters, raters: known.raters + raters });
    };
    for (const { a, b, rating, raters } of ratedPoints(merged, unblinded, question)) {
      add(a, b === null ? rating : (1 + rating) / 2, raters);
      if (b !== null) add(b, (1 - rating) / 2, raters);
    }
    return [...sums].map(([dialogueId, { sum, raters }]) => ({
      dialogueId,
      question,
      rating: sum / raters,
      raters,
    }));
  });
}

/** Rated single dialogues of two systems that belong together, by profile and seed. */
export function pairedPoints(
  points: readonly RatedPoint[],
  systemA: string,
  systemB: string,
): (readonly [RatedPoint, RatedPoint])[] {
  const of = (name: string) => points.filter(({ a }) => a.system === name);
  const byDialogue = new Map(points.map((point) => [point.a.dialogue, point]));
  const pairs = pairsOf(
    { name: systemA, dialogues: of(systemA).map(({ a }) => a.dialogue) },
    { name: systemB, dialogues: of(systemB).map(({ a }) => a.dialogue) },
  );
  return pairs.flatMap(([a, b]): (readonly [RatedPoint, RatedPoint])[] => {
    const [first, second] = [byDialogue.get(a), byDialogue.get(b)];
    return first && second ? [[first, second]] : [];
  });
}
