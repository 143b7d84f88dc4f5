import type { ItemId } from '../contracts/catalogue';
import type { UserBrief } from '../contracts/profile';
import { recommenderView, userView, type SpokenTurn } from '../dialogue/views';
import type { Catalogue } from '../domain/catalogue';
import type { CounterpartView } from './counterpart-prompt';

/** All that the counterpart knows before the next turn: both views, and the targets that the catalogue holds. */
export function counterpartView(
  brief: UserBrief,
  targets: readonly ItemId[],
  turns: readonly SpokenTurn[],
  catalogue: Catalogue,
): CounterpartView {
  return {
    user: userView(brief, turns, catalogue),
    recommender: recommenderView(turns, catalogue),
    targets: targets
      .flatMap((id) => catalogue.byId(id) ?? [])
      .map((item) => catalogue.factCard(item)),
  };
}
