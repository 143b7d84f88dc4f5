import type { DomainFiles } from '../../../src/cli/simulate/domain-files';
import {
  createContentRanker,
  createPopularityRanker,
  createRandomRanker,
  type Ranker,
} from '../../../src/lib/recommend/ranker';

/** A ranker by name. */
export function rankerByName(name: string, domain: DomainFiles, seed: number): Ranker {
  const { catalogue, statistics } = domain;
  switch (name) {
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
