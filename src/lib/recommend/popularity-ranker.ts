import type { Catalogue } from '../domain/catalogue';
import { namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';

/** The catalogue's ids, the most named first, ties by id. */
export function byPopularity(catalogue: Catalogue): string[] {
  return [...catalogue.items]
    .sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1))
    .map((item) => item.id);
}

/** Always the same order: what most training dialogues name, less what was named already. */
export function createPopularityRanker(catalogue: Catalogue): Ranker {
  const order = byPopularity(catalogue);
  return {
    name: 'popularity',
    rank: (view, asked, k) => namedLast(order, namedItems(view, asked), k),
  };
}
