import type { ActionType } from '../contracts/action';
import type { ItemId } from '../contracts/catalogue';
import type { Dialogue, Turn } from '../contracts/dialogue';

/** One item that a recommender's turn recommends. */
export interface Recommendation {
  /** Index of the turn. */
  turn: number;
  item: ItemId;
}

/** Items that a turn names in actions of a type, each once. */
export function itemsOf(turn: Turn, type: ActionType): ItemId[] {
  const actions = turn.actions.filter((action) => action.type === type);
  return [...new Set(actions.flatMap((action) => action.items ?? []))];
}

/** Everything that the recommender recommends by its actions, in order. */
export function recommendationsOf({ turns }: Pick<Dialogue, 'turns'>): Recommendation[] {
  return turns.flatMap((turn, index) =>
    turn.role === 'recommender'
      ? itemsOf(turn, 'recommend').map((item) => ({ turn: index, item }))
      : [],
  );
}

/** Every item that the user accepts, each once, with the turn of its first accept. */
export function acceptsOf({ turns }: Pick<Dialogue, 'turns'>): Recommendation[] {
  const accepts = new Map<ItemId, Recommendation>();
  for (const [index, turn] of turns.entries()) {
    if (turn.role !== 'user') continue;
    for (const item of itemsOf(turn, 'accept')) {
      if (!accepts.has(item)) accepts.set(item, { turn: index, item });
    }
  }
  return [...accepts.values()];
}

/** Index of the first user's turn with an `accept` action, whether or not it names an item. */
export function firstAccept({ turns }: Pick<Dialogue, 'turns'>): number | null {
  const index = turns.findIndex(
    ({ role, actions }) => role === 'user' && actions.some(({ type }) => type === 'accept'),
  );
  return index < 0 ? null : index;
}

/** Whether the item had been recommended before that turn. */
export function wasRecommended(dialogue: Dialogue, { item, turn }: Recommendation): boolean {
  return recommendationsOf(dialogue).some((past) => past.item === item && past.turn < turn);
}
