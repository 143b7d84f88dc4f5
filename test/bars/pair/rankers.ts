import type { DomainFiles } from '../../../src/cli/simulate/domain-files';
import {
  createContentRanker,
  createLearnedRanker,
  createPopularityRanker,
  createRandomRanker,
  type Ranker,
} from '../../../src/lib/recommend/ranker';

/** A ranker by name. */
export function rankerByName(name: string, domain: DomainFiles, seed: number): Ranker {
  const { catalogue, statistics, learned } = domain;
  switch (name) {
    case 'learned':
      if (learned === null) throw new Error('No ranker has been taught for this domain.');
      return createLearnedRanker(catalogue, statistics, learned);
    case 'content':
      return createContentRanker(catalogue, statistics);
    case 'popularity':
      return createPopularityRanker(catalogue);
    case 'random':
      return createRandomRanker(catalogue, seed);
    default:
      throw new Error(`There is no ranker "${name}".`);
  }
}
