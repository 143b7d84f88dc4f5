import type { Dialogue, Turn } from '../contracts/dialogue';
import { firstAccept, itemsOf, recommendationsOf, type Recommendation } from './recommendations';

/** What the user made of one recommendation, or why that cannot be said. */
export type Judgement =
  | (Recommendation & {
      judged: true;
      accepted: boolean;
      /** Index of the user's turn that judged. */
      by: number;
    })
  | (Recommendation & { judged: false; why: string });

/**
 * The user's decision on every recommendation. What counts are the user's turns after it, up to the next
 * time that the same item is recommended:
 * - an `accept` of the item is an acceptance;
 * - a `reject` or `seen` of it, or passing on without accepting anything, is none.
 *
 * Not judged: what no user's turn follows; what was recommended after the dialogue's first accept, when the
 * user is only saying goodbye; and what another item was taken instead of, because a user that takes whatever is
 * offered can take but one, and the order of a slate would look like its judgement.
 */
export function judgementsOf(dialogue: Dialogue): Judgement[] {
  const recommendations = recommendationsOf(dialogue);
  const decided = firstAccept(dialogue);
  return recommendations.map((recommendation) => {
    if (decided !== null && recommendation.turn > decided) {
      return { ...recommendation, judged: false, why: 'recommended after an accept' };
    }
    const again = recommendations.find(
      ({ item, turn }) => item === recommendation.item && turn > recommendation.turn,
    );
    const window = dialogue.turns
      .map((turn, index) => ({ turn, index }))
      .slice(recommendation.turn + 1, again?.turn)
      .filter(({ turn }) => turn.role === 'user');
    return judge(recommendation, window);
  });
}

function judge(
  recommendation: Recommendation,
  window: readonly { turn: Turn; index: number }[],
): Judgement {
  const { item } = recommendation;
  const [first] = window;
  if (first === undefined) {
    return { ...recommendation, judged: false, why: "no user's turn after the recommendation" };
  }
  const accepted = window.find(({ turn }) => itemsOf(turn, 'accept').includes(item));
  if (accepted) return { ...recommendation, judged: true, accepted: true, by: accepted.index };
  const refused = window.find(({ turn }) =>
    (['reject', 'seen'] as const).some((type) => itemsOf(turn, type).includes(item)),
  );
  const tookOther = first.turn.actions.some(({ type }) => type === 'accept');
  if (!refused && tookOther) {
    return { ...recommendation, judged: false, why: 'another item was accepted instead' };
  }
  return { ...recommendation, judged: true, accepted: false, by: (refused ?? first).index };
}
