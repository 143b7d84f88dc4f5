import type { Action, ActionType } from '../../contracts/action';
import type { ItemId } from '../../contracts/catalogue';

/** The acts that a person has picked for their turn. */
export type Picked = readonly Action[];

export function has(picked: Picked, type: ActionType, item?: ItemId): boolean {
  return picked.some(
    (action) => action.type === type && (item === undefined || action.items?.includes(item)),
  );
}

/** Picks an act that names nothing, or drops it. */
export function toggleAct(picked: Picked, type: ActionType): Picked {
  return has(picked, type)
    ? picked.filter((action) => action.type !== type)
    : [...picked, { type }];
}

/** Has an act name an item, or not any more; an act that must name one goes with its last. */
export function toggleItem(picked: Picked, type: ActionType, item: ItemId): Picked {
  const named = picked.find((action) => action.type === type)?.items ?? [];
  const items = named.includes(item) ? named.filter((one) => one !== item) : [...named, item];
  const others = picked.filter((action) => action.type !== type);
  return items.length === 0 ? others : [...others, { type, items }];
}

/** Feedback on an item: nobody takes and refuses one at once. */
export function toggleFeedback(picked: Picked, type: ActionType, item: ItemId): Picked {
  const contrary = type === 'accept' ? 'reject' : type === 'reject' ? 'accept' : null;
  const free =
    contrary !== null && has(picked, contrary, item) ? toggleItem(picked, contrary, item) : picked;
  return toggleItem(free, type, item);
}

/** As an action line writes them. */
export function inOrder(picked: Picked, order: readonly ActionType[]): Picked {
  return [...picked].sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}
