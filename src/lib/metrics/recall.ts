import type { ItemId } from '../contracts/catalogue';
import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';
import { lastTurn, targetsAt } from './in-force';
import { defineMetric, type Metric, type Observation } from './metric';
import { countsOf, meanQuotient, pooled, type Quotient } from './parts';
import { chosenLists, type Which } from './ranked-lists';

export const recallDepths = [1, 5, 10, 50] as const;
const whichTurns: readonly Which[] = ['first', 'any', 'last'];

/**
 * Hidden targets, those the catalogue holds and in force at a chosen turn, found among the first k of the lists of
 * such turns.
 */
function found(
  dialogue: Dialogue,
  { catalogue }: MetricContext,
  k: number,
  which: Which,
  onlyNew: boolean,
): Observation<Quotient> {
  const lists = chosenLists(dialogue, which);
  const turns = lists.length === 0 ? [lastTurn(dialogue)] : lists.map(({ turn }) => turn);
  const inForce = turns.map((turn) => targetsAt(dialogue, turn));
  const targets = [...new Set(inForce.flat())].filter((target) => catalogue.byId(target) !== null);
  if (targets.length === 0) return { why: 'dialogue without a hidden target in the catalogue' };
  const before = (target: ItemId) =>
    lists[inForce.findIndex((held) => held.includes(target))]?.named.has(target) === true;
  const sought = onlyNew ? targets.filter((target) => !before(target)) : targets;
  if (sought.length === 0) return { why: 'dialogue whose targets were all named before' };
  const depth = Math.min(k, catalogue.items.length);
  if (lists.some(({ items }) => items.length < depth)) {
    return { why: `dialogue in which fewer than ${k} items were ranked` };
  }
  const top = new Set(
    lists.flatMap(({ items }, i) =>
      items.slice(0, k).filter((item) => inForce[i]?.includes(item) === true),
    ),
  );
  return {
    part: { hits: sought.filter((target) => top.has(target)).length, of: sought.length },
  };
}

const turnWords: Record<Which, string> = {
  first: 'the first recommending turn',
  any: 'any recommending turn',
  last: 'the last recommending turn',
};

type Average = 'macro' | 'micro' | 'new';

const averages: Record<Average, string> = {
  macro: 'mean over dialogues',
  micro: 'targets pooled over dialogues',
  new: 'mean over dialogues, without targets that someone had named before',
};

function recall(k: number, which: Which, average: Average): Metric {
  return defineMetric<Quotient>({
    id: `recall@${k}-${which}-${average}`,
    name: `Recall@${k}, ${which} turn, ${average}`,
    formula: 'hidden targets among the top k / hidden targets; 0 when nothing was recommended',
    variant:
      `${turnWords[which]}; the recommended items first, then the ranker's order; ` +
      averages[average],
    source: 'Recall@k of the ReDial tables, in simulation',
    unit: 'share',
    population: 'ended',
    observe: (dialogue, context) => found(dialogue, context, k, which, average === 'new'),
    combine: average === 'micro' ? pooled : meanQuotient,
    counts: countsOf('targets'),
    undefinedBecause: 'No dialogue has a hidden target.',
  });
}

export const recallMetrics: readonly Metric[] = whichTurns.flatMap((which) =>
  (Object.keys(averages) as Average[]).flatMap((average) =>
    recallDepths.map((k) => recall(k, which, average)),
  ),
);
