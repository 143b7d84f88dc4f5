import type { Action, Role } from '../contracts/action';
import type { FactCard, ItemId } from '../contracts/catalogue';
import type { Turn } from '../contracts/dialogue';
import type { UserBrief } from '../contracts/profile';
import type {
  HeardTurn,
  LabelledAction,
  OwnTurn,
  RecommenderView,
  UserView,
  ViewTurn,
} from '../contracts/view';
import type { Catalogue } from '../domain/catalogue';

/** The part of a turn that views are made from. */
export type SpokenTurn = Pick<Turn, 'role' | 'actions' | 'text' | 'mentions'>;

/** Items of `recommend` actions so far, oldest first, each once. */
export function recommendedItems(turns: readonly SpokenTurn[]): readonly ItemId[] {
  const items = turns.flatMap((turn) =>
    turn.actions.filter((action) => action.type === 'recommend').flatMap((a) => a.items ?? []),
  );
  return [...new Set(items)];
}

/** Items that a turn's actions or its text name. */
export function namedItems(turn: SpokenTurn): readonly ItemId[] {
  const items = [
    ...turn.actions.flatMap((action) => action.items ?? []),
    ...turn.mentions.map((mention) => mention.item),
  ];
  return [...new Set(items)];
}

function labels(items: readonly ItemId[], catalogue: Catalogue): readonly string[] {
  return items.flatMap((id) => catalogue.byId(id)?.label ?? []);
}

export function labelled(action: Action, catalogue: Catalogue): LabelledAction {
  return action.items === undefined
    ? { type: action.type }
    : { type: action.type, items: labels(action.items, catalogue) };
}

function own(turn: SpokenTurn, catalogue: Catalogue): OwnTurn {
  return {
    by: 'self',
    actions: turn.actions.map((action) => labelled(action, catalogue)),
    text: turn.text,
  };
}

/** Cards of the items that a recommender's turn names and no earlier one did. */
function newCards(
  turn: SpokenTurn,
  earlier: readonly SpokenTurn[],
  catalogue: Catalogue,
): readonly FactCard[] {
  const shown = new Set(earlier.filter((t) => t.role === 'recommender').flatMap(namedItems));
  return namedItems(turn)
    .filter((id) => !shown.has(id))
    .flatMap((id) => catalogue.byId(id) ?? [])
    .map((item) => catalogue.factCard(item));
}

function viewTurns(
  role: Role,
  turns: readonly SpokenTurn[],
  catalogue: Catalogue,
): readonly ViewTurn[] {
  return turns.map((turn, i): ViewTurn => {
    if (turn.role === role) return own(turn, catalogue);
    const cards = role === 'user' ? newCards(turn, turns.slice(0, i), catalogue) : [];
    return { by: 'other', text: turn.text, cards } satisfies HeardTurn;
  });
}

/** All that the user simulator knows before its next turn. */
export function userView(
  brief: UserBrief,
  turns: readonly SpokenTurn[],
  catalogue: Catalogue,
): UserView {
  return {
    role: 'user',
    brief,
    turns: viewTurns('user', turns, catalogue),
    recommended: labels(recommendedItems(turns), catalogue),
  };
}

/** All that the recommender knows before its next turn. */
export function recommenderView(
  turns: readonly SpokenTurn[],
  catalogue: Catalogue,
): RecommenderView {
  return { role: 'recommender', turns: viewTurns('recommender', turns, catalogue) };
}
