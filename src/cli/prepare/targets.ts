import type { ItemId } from '../../lib/contracts/catalogue';
import type { Turn } from '../../lib/contracts/dialogue';
import { recommendedItems } from '../../lib/dialogue/views';
import type { FilmAnswer } from '../../lib/profile/redial';

/**
 * The films that the person of a dialogue took in the end: recommended, and accepted by the turns' labels or, by the
 * questionnaire, liked without having been seen, which is what makes a hidden target of the program's profiles.
 */
export function takenFilms(
  turns: readonly Turn[],
  answers: ReadonlyMap<ItemId, FilmAnswer>,
): readonly ItemId[] {
  const accepted = new Set(
    turns.flatMap(({ actions }) =>
      actions.filter(({ type }) => type === 'accept').flatMap(({ items }) => items ?? []),
    ),
  );
  const likedUnseen = (id: ItemId) => {
    const answer = answers.get(id);
    return answer?.liked === true && answer.seen === false;
  };
  return recommendedItems(turns).filter((id) => accepted.has(id) || likedUnseen(id));
}
