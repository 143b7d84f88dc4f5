import type { ItemId } from '../contracts/catalogue';
import type { Dialogue, Turn } from '../contracts/dialogue';
import { itemsOf } from './recommendations';

export type Which = 'first' | 'any' | 'last';

/** A recommending turn as a ranking. */
export interface RankedList {
  /** Index of the turn. */
  turn: number;
  /** The model's pick first, then the ranker's order, each item once. */
  items: readonly ItemId[];
  /** Items that either role has named before this turn. */
  named: ReadonlySet<ItemId>;
}

/** The rankings of all turns that recommend something. */
export function rankedLists({ turns }: Pick<Dialogue, 'turns'>): RankedList[] {
  const named = new Set<ItemId>();
  const lists: RankedList[] = [];
  for (const [index, turn] of turns.entries()) {
    const picked = turn.role === 'recommender' ? itemsOf(turn, 'recommend') : [];
    if (picked.length > 0) {
      const items = [...new Set([...picked, ...(turn.candidates ?? [])])];
      lists.push({ turn: index, items, named: new Set(named) });
    }
    for (const item of namedBy(turn)) named.add(item);
  }
  return lists;
}

/** The lists of the first, of any or of the last recommending turn. */
export function chosenLists(dialogue: Dialogue, which: Which): RankedList[] {
  const lists = rankedLists(dialogue);
  if (which === 'first') return lists.slice(0, 1);
  return which === 'last' ? lists.slice(-1) : lists;
}

/** Items that a turn names in its actions or its words. */
export function namedBy(turn: Turn): ItemId[] {
  return [
    ...turn.actions.flatMap((action) => action.items ?? []),
    ...turn.mentions.map((mention) => mention.item),
  ];
}
