import type { ItemId } from '../contracts/catalogue';
import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';
import { lastTurn, targetsAt } from './in-force';
import { defineMetric, type Metric, type Observation } from './metric';
import { mean } from './parts';
import { chosenLists, type Which } from './ranked-lists';

/** How deep a record keeps the ranker's order. */
const depth = 50;

/** 1 / rank of the first target among the first k; 0 when there is none. */
export function reciprocalRank(
  list: readonly ItemId[],
  targets: ReadonlySet<ItemId>,
  k: number,
): number {
  const place = list.slice(0, k).findIndex((item) => targets.has(item));
  return place < 0 ? 0 : 1 / (place + 1);
}

/**
 * Normalised discounted cumulative gain at k with gain 1 for a target (Jarvelin and Kekalainen 2002), in [0, 1].
 */
export function ndcg(list: readonly ItemId[], targets: ReadonlySet<ItemId>, k: number): number {
  const discount = (place: number): number => 1 / Math.log2(place + 2);
  let gained = 0;
  for (const [place, item] of list.slice(0, k).entries()) {
    if (targets.has(item)) gained += discount(place);
  }
  let best = 0;
  for (let place = 0; place < Math.min(k, targets.size); place++) best += discount(place);
  return best === 0 ? 0 : gained / best;
}

function scored(
  dialogue: Dialogue,
  { catalogue }: MetricContext,
  which: Which,
  k: number,
  score: (list: readonly ItemId[], targets: ReadonlySet<ItemId>, k: number) => number,
): Observation<number> {
  const [list] = chosenLists(dialogue, which);
  const inForce = targetsAt(dialogue, list?.turn ?? lastTurn(dialogue));
  const targets = new Set(inForce.filter((target) => catalogue.byId(target) !== null));
  if (targets.size === 0) return { why: 'dialogue without a hidden target in the catalogue' };
  if (!list) return { part: 0 };
  if (list.items.length < Math.min(k, catalogue.items.length)) {
    return { why: `dialogue in which fewer than ${k} items were ranked` };
  }
  return { part: score(list.items, targets, k) };
}

function ranking(
  id: string,
  name: string,
  formula: string,
  which: 'first' | 'last',
  k: number,
  score: (list: readonly ItemId[], targets: ReadonlySet<ItemId>, k: number) => number,
): Metric {
  return defineMetric<number>({
    id: `${id}-${which}`,
    name: `${name}, ${which} turn`,
    formula: `${formula}; mean over dialogues; 0 when nothing was recommended`,
    variant: `the ${which} recommending turn, the recommended items first, then the ranker's order; cut at ${k}`,
    source: 'standard in retrieval',
    unit: 'score',
    population: 'ended',
    observe: (dialogue, context) => scored(dialogue, context, which, k, score),
    combine: mean,
    undefinedBecause: 'No dialogue has a hidden target.',
  });
}

export const rankingMetrics: readonly Metric[] = (['first', 'last'] as const).flatMap((which) => [
  ranking(
    'mrr',
    'MRR',
    '1 / rank of the first hidden target, 0 beyond the cut',
    which,
    depth,
    reciprocalRank,
  ),
  ...[10, depth].map((k) =>
    ranking(
      `ndcg@${k}`,
      `NDCG@${k}`,
      'sum over targets in the list of 1 / log2(rank + 1) / the same sum of the ideal list',
      which,
      k,
      ndcg,
    ),
  ),
]);
