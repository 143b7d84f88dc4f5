import type { Catalogue } from '../domain/catalogue';
import { contentWeights, createContentScorer, type ContentWeights } from './content-scores';
import { byScore, namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';
import type { Statistics } from './statistics';
import { readTaste } from './taste';

export { contentWeights, type ContentWeights } from './content-scores';

/** Ranks by `createContentScorer`'s scores: nothing in it was learned but counts. */
export function createContentRanker(
  catalogue: Catalogue,
  statistics: Statistics,
  chosen: ContentWeights = contentWeights,
): Ranker {
  const scorer = createContentScorer(catalogue, statistics, chosen);
  return {
    name: 'content',
    rank(view, asked, k) {
      const scores = scorer.scores(readTaste(view, catalogue));
      return namedLast(byScore(catalogue.items, scores), namedItems(view, asked), k);
    },
  };
}
