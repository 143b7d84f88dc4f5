import type { ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/**
 * Orders the catalogue for a conversation, which is all it sees. Deterministic. `k` null asks for the whole catalogue;
 * the answer has min(k, items) entries, best first. Items already named come last: they stay on offer, because a
 * list that skipped them could run out.
 */
export interface Ranker {
  readonly name: string;
  rank(view: RecommenderView, catalogue: Catalogue, k: number | null): ItemId[];
}

export { createContentRanker } from './content-ranker';
export { createPopularityRanker } from './popularity-ranker';
export { createRandomRanker } from './random-ranker';
