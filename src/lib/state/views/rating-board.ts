import { ratingQuestions } from '../../contracts/rating';
import type { RatingResults } from '../../metrics';
import type { BoardBar, BoardView } from '../../ui/rating/view';

/** The results in a few big numbers: by system the mean rating, or the share of comparisons that it won. */
export function boardView(results: RatingResults): BoardView {
  const { plan, raters, systems, preferences, agreement, warnings } = results;
  return {
    title: plan.title,
    raters: raters.length,
    answers: raters.reduce((sum, { answers }) => sum + answers, 0),
    groups: ratingQuestions.map((question) => {
      const own = agreement.find((one) => one.question === question);
      return {
        question,
        bars:
          plan.mode === 'pairs'
            ? preferences
                .filter((one) => one.question === question)
                .flatMap(({ a, b, share, interval, n }): BoardBar[] =>
                  share === null
                    ? []
                    : [
                        shareBar(a, share, interval, n),
                        shareBar(b, 1 - share, flipped(interval), n),
                      ],
                )
            : systems
                .filter((one) => one.question === question)
                .map(({ system, mean, interval, n }) => ({
                  label: system,
                  share: onScale(mean),
                  low: interval && onScale(interval[0]),
                  high: interval && onScale(interval[1]),
                  text: mean.toFixed(1),
                  n,
                })),
        agreement: own?.alpha ?? null,
        ...aheadOf(results, question),
      };
    }),
    warnings,
  };
}

type Interval = readonly [low: number, high: number] | null;

/** 1 to 5 as 0 to 1. */
const onScale = (mean: number): number => (mean - 1) / 4;

const flipped = (interval: Interval): Interval =>
  interval === null ? null : [1 - interval[1], 1 - interval[0]];

function shareBar(label: string, share: number, interval: Interval, n: number): BoardBar {
  return {
    label,
    n,
    share,
    low: interval?.[0] ?? null,
    high: interval?.[1] ?? null,
    text: `${(share * 100).toFixed(0)} %`,
  };
}

/** Who is ahead, where that is beyond chance; whether systems were compared at all. */
function aheadOf(
  { preferences }: RatingResults,
  question: string,
): { ahead: readonly string[]; compared: boolean } {
  const own = preferences.filter((one) => one.question === question);
  return {
    compared: own.length > 0,
    ahead: own
      .filter(({ pHolm }) => pHolm !== null && pHolm < 0.05)
      .map(({ a, b, difference }) => (difference > 0 ? `${a} > ${b}` : `${b} > ${a}`)),
  };
}
