import type { Action } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import { actionOrder, maxActions } from '../../action/rules';
import { guessActions } from '../../dialogue/guess-actions';
import { recommendedItems } from '../../dialogue/views';
import type { Catalogue } from '../../domain/catalogue';
import type { ComposerView } from '../../ui/view';
import type { AskedTurn } from '../person.svelte';
import { itemView } from './items';

/** What the person who is asked can do. */
export function composerView(
  { role, slate }: AskedTurn,
  { turns }: Dialogue,
  catalogue: Catalogue,
): ComposerView {
  const recommended = [...recommendedItems(turns)].reverse();
  return {
    role,
    slate,
    acts: actionOrder(role),
    mostActs: maxActions,
    recommended: recommended
      .flatMap((id) => catalogue.byId(id) ?? [])
      .map((item) => itemView(item, catalogue, null)),
  };
}

/** What the person's words probably do. */
export function guessedActs(
  text: string,
  { role, slate }: AskedTurn,
  { turns }: Dialogue,
  catalogue: Catalogue,
): readonly Action[] {
  return guessActions(text, { role, slate, turns, catalogue });
}
