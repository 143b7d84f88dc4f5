import type { Attribute, ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { readSignals, type Signals, type Stance } from './signals';

/** What a conversation says about the other side's taste; weights in [-1, 1]. */
export interface Taste {
  items: readonly { item: ItemId; weight: number }[];
  attributes: readonly { attribute: Attribute; weight: number }[];
}

/** What the other side's own words weigh, and what this side's do: a recommendation is a guess at taste. */
const itemWeights: Readonly<Record<Stance, number>> = {
  wanted: 1,
  refused: -0.6,
  offered: 0.45,
  declined: -0.25,
};
const attributeWeights: Readonly<Record<Stance, number>> = {
  wanted: 1,
  refused: -1,
  offered: 0.3,
  declined: 0.3,
};

/** The taste that signals speak of. */
export function tasteOf(signals: Signals): Taste {
  const items = new Map<ItemId, number>();
  for (const { item, stance } of signals.items) {
    const weight = itemWeights[stance];
    const known = items.get(item);
    if (known === undefined || Math.abs(weight) > Math.abs(known)) items.set(item, weight);
  }
  return {
    items: [...items].map(([item, weight]) => ({ item, weight })),
    attributes: signals.attributes.map(({ attribute, stance }) => ({
      attribute,
      weight: attributeWeights[stance],
    })),
  };
}

/** Reads the conversation: titles named with liking or not, and words for attributes. */
export function readTaste(view: RecommenderView, catalogue: Catalogue): Taste {
  return tasteOf(readSignals(view, catalogue));
}
