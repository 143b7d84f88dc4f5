import type { ItemId } from '../../contracts/catalogue';
import { reciprocalRank } from '../ranking';
import { recallDepths } from '../recall';
import { pooledTurns, type Observed, type SingleTurnMetric } from './measure';
import type { SingleTurn } from './row';

interface Sought {
  list: readonly ItemId[];
  items: readonly ItemId[];
}

/** The person's next recommended items and the system's list, for turns in which the person recommended. */
function soughtOf(
  { role, hypothesis, reference, named }: SingleTurn,
  isNew: boolean,
): Observed<Sought> {
  if (role !== 'recommender') return { why: "user's turn" };
  const all = reference.items ?? [];
  if (all.length === 0) return { why: 'turn in which the person recommended nothing' };
  const items = isNew ? all.filter((item) => !named.includes(item)) : all;
  if (items.length === 0) return { why: 'turn that recommends only what the context names' };
  const own = hypothesis.items ?? [];
  // With items of the context out of the question on one side, they are so on the other.
  return { part: { items, list: isNew ? own.filter((item) => !named.includes(item)) : own } };
}

function recallAt(k: number, isNew: boolean): SingleTurnMetric {
  return pooledTurns(
    {
      id: `turn-recall@${String(k)}${isNew ? '-new' : ''}`,
      name: `Recall@${String(k)} of single turns${isNew ? ', new items' : ''}`,
      formula: 'items that the person recommends next among the top k / those items',
      variant: isNew
        ? 'items pooled; without those that the context names, on both sides'
        : 'items pooled; with those that the context names: copying pays',
      source: 'the ReDial tables of KBRD and UniCRS',
      unit: 'share',
    },
    (row) => {
      const seen = soughtOf(row, isNew);
      if ('why' in seen) return seen;
      const top = new Set(seen.part.list.slice(0, k));
      const hits = seen.part.items.filter((item) => top.has(item)).length;
      return { part: { hits, of: seen.part.items.length } };
    },
  );
}

export const recallTurnMetrics: readonly SingleTurnMetric[] = [
  ...[false, true].flatMap((isNew) => recallDepths.map((k) => recallAt(k, isNew))),
  pooledTurns(
    {
      id: 'turn-mrr',
      name: 'MRR of single turns',
      formula: 'mean over turns of 1 / rank of the first item that the person recommends next',
      variant: 'cut at 50, 0 beyond',
      source: 'standard in retrieval',
      unit: 'score',
    },
    (row) => {
      const seen = soughtOf(row, false);
      if ('why' in seen) return seen;
      const hits = reciprocalRank(seen.part.list, new Set(seen.part.items), 50);
      return { part: { hits, of: 1 } };
    },
  ),
];
