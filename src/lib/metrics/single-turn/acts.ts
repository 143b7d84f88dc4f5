import type { ActionType } from '../../contracts/action';
import { combineBy } from '../combine';
import { cohensKappa, type Labelled } from '../statistics/classification';
import { pooledTurns, singleTurnMetric, type Observed, type SingleTurnMetric } from './measure';
import type { SingleTurn } from './row';

interface Acts {
  found: ReadonlySet<ActionType>;
  expected: ReadonlySet<ActionType>;
}

function actsOf({ hypothesis, reference }: SingleTurn): Observed<Acts> {
  if (!reference.acts) return { why: "turn whose person's acts are not labelled" };
  if (!hypothesis.acts) return { why: "turn whose system's acts are not known" };
  return { part: { found: new Set(hypothesis.acts), expected: new Set(reference.acts) } };
}

/** Mean over act types, of either side, of each one's F1 over the turns. */
export function multiLabelF1(pairs: readonly Acts[]): number | null {
  const types = new Set(pairs.flatMap(({ found, expected }) => [...found, ...expected]));
  if (types.size === 0) return null;
  let sum = 0;
  for (const type of types) {
    const both = pairs.filter(({ found, expected }) => found.has(type) && expected.has(type));
    const either = pairs.reduce(
      (n, { found, expected }) => n + Number(found.has(type)) + Number(expected.has(type)),
      0,
    );
    sum += (2 * both.length) / either;
  }
  return sum / types.size;
}

const labelled = ({ found, expected }: Acts): Labelled => ({
  found: [...found].sort().join(' + '),
  expected: [...expected].sort().join(' + '),
});

const shared = { source: 'standard in classification', unit: 'score' } as const;
const variant = "acts against those labelled of the person's turn";

export const actTurnMetrics: readonly SingleTurnMetric[] = [
  pooledTurns(
    {
      ...shared,
      id: 'turn-acts-exact',
      name: 'Act agreement, exact',
      formula: 'turns with exactly the acts of the person / turns',
      variant,
      unit: 'share',
    },
    (row) => {
      const seen = actsOf(row);
      if ('why' in seen) return seen;
      const { found, expected } = labelled(seen.part);
      return { part: { hits: found === expected ? 1 : 0, of: 1 } };
    },
  ),
  pooledTurns(
    {
      ...shared,
      id: 'turn-acts-jaccard',
      name: 'Act agreement, Jaccard',
      formula: 'mean over turns of acts of both / acts of either',
      variant,
    },
    (row) => {
      const seen = actsOf(row);
      if ('why' in seen) return seen;
      const { found, expected } = seen.part;
      const both = [...found].filter((act) => expected.has(act)).length;
      const either = new Set([...found, ...expected]).size;
      return { part: { hits: either === 0 ? 1 : both / either, of: 1 } };
    },
  ),
  singleTurnMetric<Acts>(
    {
      ...shared,
      id: 'turn-acts-f1',
      name: 'Act agreement, macro F1',
      formula: 'mean over act types of 2 TP / (2 TP + FP + FN)',
      variant: `${variant}; a turn can have several`,
    },
    actsOf,
    combineBy((groups) => multiLabelF1(groups.flat())),
  ),
  singleTurnMetric<Acts>(
    {
      ...shared,
      id: 'turn-acts-kappa',
      name: 'Act agreement beyond chance',
      formula: "Cohen's kappa = (agreement - chance) / (1 - chance)",
      variant: `${variant}; a turn's acts together are one label`,
      source: 'Cohen 1960',
    },
    actsOf,
    combineBy((groups) => cohensKappa(groups.flat().map(labelled))),
  ),
];
