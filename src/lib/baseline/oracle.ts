import type { ItemId } from '../contracts/catalogue';
import type { RecommenderSeat } from '../dialogue/run-many';
import { rankerRecommender } from '../dialogue/ranker-agent';
import type { Catalogue } from '../domain/catalogue';
import type { Ranker } from '../recommend/ranker';

/** Ranks the hidden targets first. Reference-dependent: an upper bound, never a competitor. */
export function oracleRanker(targets: readonly ItemId[]): Ranker {
  return {
    name: 'oracle',
    rank(_view, catalogue, k) {
      const others = catalogue.items.map((item) => item.id).filter((id) => !targets.includes(id));
      return [...targets, ...others].slice(0, k ?? undefined);
    },
  };
}

/** The recommender that is handed the targets, in set phrases. */
export function oracleSeat(catalogue: Catalogue): RecommenderSeat {
  return {
    referenceDependent: true,
    agentFor: (targets) => rankerRecommender('oracle', oracleRanker(targets), catalogue),
  };
}
