import type { Dialogue } from '../../contracts/dialogue';
import type { DialogueRating, RatingPlan } from '../../contracts/rating';
import type { Catalogue } from '../../domain/catalogue';
import type { Metric } from '../metric';
import { agreementOf, type QuestionAgreement } from './agreement';
import { correlationsOf, leastRated, ownValues, type RatedCorrelation } from './correlation';
import type { MergedRatings } from './merge';
import { repeatsOf } from './plan';
import {
  systemPreferences,
  systemRatings,
  type RatingStatistics,
  type SystemPreference,
  type SystemRating,
} from './systems';
import { dialogueRatings, unblind } from './unblind';

/** What came of a session. Plain data. */
export interface RatingResults {
  plan: RatingPlan;
  /** Items that are no repeats, and repeats. */
  items: number;
  repeats: number;
  raters: MergedRatings['raters'];
  merge: Pick<MergedRatings, 'repeated' | 'changed' | 'conflicts' | 'strange' | 'refused'>;
  agreement: readonly QuestionAgreement[];
  /** The rest needs the dialogues: empty without them. */
  systems: readonly SystemRating[];
  preferences: readonly SystemPreference[];
  ratings: readonly DialogueRating[];
  correlations: readonly RatedCorrelation[];
  /** What these numbers cannot say. */
  warnings: readonly string[];
}

export interface RatingInput {
  merged: MergedRatings;
  /** Those that were rated, and any others. */
  dialogues: readonly Dialogue[];
  /** What metrics are computed with; `null` leaves correlations out. */
  catalogue: Catalogue | null;
  metrics: readonly Metric[];
  theta: number;
}

/** Agreement, preferences and correlations of a session. `step` is awaited often: it may breathe, or throw to end it. */
export async function ratingResults(
  { merged, dialogues, catalogue, metrics, theta }: RatingInput,
  statistics: RatingStatistics,
  step: (what: string) => Promise<void> = () => Promise.resolve(),
): Promise<RatingResults> {
  const { plan, raters, repeated, changed, conflicts, strange, refused } = merged;
  await step('agreement of raters');
  const repeats = repeatsOf(plan.items).size;
  const unblinded = unblind(plan, dialogues);
  const rated = [...unblinded.byId.values()]
    .map(({ dialogue }) => dialogue)
    .filter(({ domain }) => domain === catalogue?.pack.id);
  const correlations =
    catalogue === null || rated.length === 0
      ? []
      : await correlationsOf(
          merged,
          unblinded,
          metrics,
          await ownValues(metrics, rated, catalogue, theta, statistics.seed, step),
          statistics,
          step,
        );
  const agreement = agreementOf(merged, statistics.seed, statistics.resamples);
  return {
    plan,
    items: plan.items.length - repeats,
    repeats,
    raters,
    merge: { repeated, changed, conflicts, strange, refused },
    agreement,
    systems: systemRatings(merged, unblinded, statistics),
    preferences: systemPreferences(merged, unblinded, statistics),
    ratings: dialogueRatings(merged, unblinded),
    correlations,
    warnings: warningsOf(merged, agreement, unblinded.missing, unblinded.byId.size),
  };
}

/** Below it raters hardly agree (Krippendorff 2004, p. 241: conclusions need 0.667 at least). */
const leastAlpha = 0.667;

function warningsOf(
  { plan, raters, conflicts, strange }: MergedRatings,
  agreement: readonly QuestionAgreement[],
  missing: number,
  found: number,
): string[] {
  const warnings: string[] = [];
  const gaps = raters.filter((rater) => rater.gaps.length > 0);
  const rated = plan.items.length - repeatsOf(plan.items).size;
  if (raters.length < 2) {
    warnings.push('One rater alone: whether people agree is unknown. Merge more files.');
  }
  if (gaps.length > 0) {
    warnings.push(
      `Not everybody rated everything: ${gaps.map(({ rater, gaps: own }) => `${rater} left ${String(own.length)} open`).join(', ')}.`,
    );
  }
  if (conflicts.length > 0) {
    const names = [...new Set(conflicts.map(({ rater }) => rater))].join(', ');
    warnings.push(
      `${String(conflicts.length)} answers do not count: two sheets under one name (${names}) answer them differently. ` +
        'If these are two people, let one rate under another name.',
    );
  }
  if (strange > 0) {
    warnings.push(`${String(strange)} answers are to what this session does not ask.`);
  }
  if (missing > 0) {
    const all = found === 0;
    warnings.push(
      all
        ? 'The rated dialogues are not here: systems and correlations are unknown. Add the runs that the session was made of.'
        : `${String(missing)} rated dialogues are not among these runs: systems and correlations are without them.`,
    );
  }
  if (rated < leastRated) {
    warnings.push(
      `${String(rated)} rated things say little about any system or metric: at least ${String(leastRated)} are needed.`,
    );
  }
  const low = agreement.filter(({ alpha }) => alpha !== null && alpha < leastAlpha);
  if (low.length > 0) {
    warnings.push(
      `Raters hardly agree (alpha below ${String(leastAlpha)}) on ${low.map(({ question }) => question).join(', ')}: what is ` +
        'concluded from it is tentative.',
    );
  }
  return warnings;
}
