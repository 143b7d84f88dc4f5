import type { ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/**
 * Orders the catalogue for a conversation, which is all it sees. Deterministic. `k` null asks for the whole catalogue;
 * the answer has min(k, items) entries, best first. Items already named come last: they stay on offer, because a
 * list that skipped them could run out.
 */
export interface Ranker {
  readonly name: string;
  /** Of a learned one: which file it was read from; absent where nothing was learned. */
  readonly version?: string;
  rank(view: RecommenderView, catalogue: Catalogue, k: number | null): ItemId[];
}

/** The ranker as a seat's record names it; nothing where its name says all. */
export function rankerRecord({ name, version }: Ranker): { ranker?: string } {
  return version === undefined ? {} : { ranker: `${name}@${version}` };
}

export { createContentRanker } from './content-ranker';
export { createGraphRanker } from './graph-ranker';
export { createLearnedRanker } from './learned-ranker';
export { parseLearnedRanking } from './learned-file';
export { createPopularityRanker } from './popularity-ranker';
export { createRandomRanker } from './random-ranker';
