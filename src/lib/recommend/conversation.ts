import type { Item, ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/** Items that either side has named so far, in actions or words. */
export function namedItems(view: RecommenderView, catalogue: Catalogue): Set<ItemId> {
  const named = new Set<ItemId>();
  for (const turn of view.turns) {
    for (const { item } of catalogue.link(turn.text)) named.add(item);
    if (turn.by !== 'self') continue;
    for (const action of turn.actions) {
      for (const label of action.items ?? []) {
        const item = catalogue.byLabel(label);
        if (item !== null) named.add(item.id);
      }
    }
  }
  return named;
}

/** Ids of the items, the highest score first, ties by id. */
export function byScore(items: readonly Item[], scores: Float64Array): ItemId[] {
  return items
    .map((item, i) => ({ id: item.id, score: scores[i] ?? 0 }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** The first `k` of an order in which named items come last; `k` null keeps all. */
export function namedLast(
  order: readonly ItemId[],
  named: ReadonlySet<ItemId>,
  k: number | null,
): ItemId[] {
  const fresh = order.filter((id) => !named.has(id));
  const limit = k ?? order.length;
  if (fresh.length >= limit) return fresh.slice(0, limit);
  return [...fresh, ...order.filter((id) => named.has(id))].slice(0, limit);
}
