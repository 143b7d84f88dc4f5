import type { ItemId } from '../../contracts/catalogue';
import type { Catalogue } from '../../domain/catalogue';
import type { Combiner } from '../combine';
import { defineMetric, type Metric } from '../metric';
import { countsOf, pooled, ratio, type Quotient } from '../parts';
import { recommendationsOf } from '../recommendations';
import { gini } from '../statistics/divergence';

/** How many of the best-known items are "popular". */
const popularItems = 100;

interface Recommended {
  items: readonly ItemId[];
  catalogue: Catalogue;
}

/** Drawing dialogues twice would make the spread look narrower than it is, so there is no interval. */
function undrawn(of: (parts: readonly Recommended[]) => number | null): Combiner<Recommended> {
  return {
    of,
    sampler: () => () => null,
    paired: (a, b) => ({
      difference: (swaps) => {
        const first = of(a.map((part, i) => (swaps(i) ? (b[i] ?? part) : part)));
        const second = of(b.map((part, i) => (swaps(i) ? (a[i] ?? part) : part)));
        return first === null || second === null ? null : first - second;
      },
      redraw: () => null,
    }),
  };
}

function counted(parts: readonly Recommended[]): Map<ItemId, number> {
  const counts = new Map<ItemId, number>();
  for (const { items, catalogue } of parts) {
    for (const item of items) {
      if (catalogue.byId(item) !== null) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
  }
  return counts;
}

function spread(
  id: string,
  name: string,
  formula: string,
  of: (counts: Map<ItemId, number>, catalogue: Catalogue) => number | null,
): Metric {
  return defineMetric<Recommended>({
    id,
    name,
    formula,
    variant:
      'recommendations by their actions; no interval; compare over equally many dialogues only',
    source: 'standard in recommendation',
    unit: id === 'gini' ? 'score' : 'share',
    population: 'all',
    observe: (dialogue, { catalogue }) => ({
      part: { items: recommendationsOf(dialogue).map(({ item }) => item), catalogue },
    }),
    combine: undrawn((parts) => {
      const [first] = parts;
      const counts = counted(parts);
      return first === undefined || counts.size === 0 ? null : of(counts, first.catalogue);
    }),
    undefinedBecause: 'Nothing was recommended.',
  });
}

const popularOf = new WeakMap<Catalogue, ReadonlySet<ItemId>>();

function popular(catalogue: Catalogue): ReadonlySet<ItemId> {
  const known = popularOf.get(catalogue);
  if (known) return known;
  const best = [...catalogue.items]
    .sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1))
    .slice(0, popularItems);
  const found = new Set(best.map(({ id }) => id));
  popularOf.set(catalogue, found);
  return found;
}

export const spreadMetrics: readonly Metric[] = [
  spread(
    'catalogue-coverage',
    'Catalogue coverage',
    'different recommended items / items of the catalogue',
    (counts, { items }) => ratio(counts.size, items.length),
  ),
  spread(
    'gini',
    'Gini of recommendations',
    'Gini coefficient of how often each item of the catalogue is recommended; 1 when one item has all',
    (counts, { items }) => gini(items.map(({ id }) => counts.get(id) ?? 0)),
  ),
  defineMetric<Quotient>({
    id: 'popular-share',
    name: 'Share of popular items',
    formula: `recommended items among the ${popularItems} best known of the catalogue / recommended items`,
    variant: 'recommendations pooled; known by mentions in training dialogues',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, { catalogue }) => {
      const items = recommendationsOf(dialogue).map(({ item }) => item);
      const hits = items.filter((item) => popular(catalogue).has(item)).length;
      return { part: { hits, of: items.length } };
    },
    combine: pooled,
    counts: countsOf('recommended items'),
    undefinedBecause: 'Nothing was recommended.',
  }),
];
