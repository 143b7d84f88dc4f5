import type { Item, ItemId } from '../../lib/contracts/catalogue';
import type { RecommenderView, ViewTurn } from '../../lib/contracts/view';
import type { Catalogue } from '../../lib/domain/catalogue';
import type { RedialDialogue } from '../../lib/profile/redial';

/** A place in a dialogue where the person recommends: what should a ranker put first there? */
export interface Question {
  /** What was said before. */
  view: RecommenderView;
  /** Items that the person recommends here, named before or not. */
  answers: readonly ItemId[];
  /** Items named before. */
  named: ReadonlySet<ItemId>;
}

/**
 * The questions of a dialogue of people: every recommender's turn that names items, titles by their labels.
 * @param keptId the catalogue's id of a film that has several in the source
 */
export function questionsOf(
  dialogue: RedialDialogue,
  catalogue: Catalogue,
  keptId: (film: string) => ItemId,
): Question[] {
  const itemOf = (film: string): Item | null => catalogue.byId(keptId(film));
  const questions: Question[] = [];
  const turns: ViewTurn[] = [];
  const named = new Set<ItemId>();
  for (const turn of dialogue.turns) {
    const items = [...new Set(turn.films.flatMap((film) => itemOf(film)?.id ?? []))];
    if (!turn.bySeeker && items.length > 0) {
      const view: RecommenderView = { role: 'recommender', turns: [...turns] };
      questions.push({ view, answers: items, named: new Set(named) });
    }
    const text = turn.text.replace(
      /@(\d+)/g,
      (_, film: string) => itemOf(film)?.label ?? `a ${catalogue.pack.words.item}`,
    );
    turns.push(
      turn.bySeeker ? { by: 'other', text, cards: [] } : { by: 'self', actions: [], text },
    );
    for (const id of items) named.add(id);
  }
  return questions;
}
