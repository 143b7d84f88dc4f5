import {
  ratingQuestions,
  type Dialogue,
  type RatingAnswer,
  type RatingPlan,
  type RatingQuestion,
  type RatingSheet,
  type RatingValue,
} from '../../../../src/lib/contracts';
import { planSession, type PlanRequest } from '../../../../src/lib/metrics/people/plan';

export const request: PlanRequest = {
  title: 'A session',
  mode: 'single',
  seed: 7,
  count: 100,
  repeats: 0,
  minutes: null,
};

export function planned(dialogues: readonly Dialogue[], part: Partial<PlanRequest> = {}) {
  return planSession(dialogues, { ...request, ...part }, 1000);
}

/** A sheet whose answers are computed; `undefined` leaves one open. */
export function sheet(
  plan: RatingPlan,
  rater: string,
  valueOf: (item: RatingPlan['items'][number], question: RatingQuestion) => RatingValue | undefined,
  part: Partial<RatingSheet> & { at?: number } = {},
): RatingSheet {
  const { at = 1, ...rest } = part;
  const answers = plan.items.flatMap((item): RatingAnswer[] =>
    ratingQuestions.flatMap((question): RatingAnswer[] => {
      const value = valueOf(item, question);
      return value === undefined ? [] : [{ item: item.id, question, value, ms: 4000, at }];
    }),
  );
  return { id: `sheet-${rater}`, sessionId: plan.id, rater, answers, startedAt: at, ...rest };
}
