import {
  recommenderActionTypes,
  userActionTypes,
  type ActionType,
  type Role,
} from '../../contracts/action';
import type { Dialogue, Turn } from '../../contracts/dialogue';
import { defineMetric, type Metric } from '../metric';
import { countsOf, pooled, type Quotient } from '../parts';

function actShare(role: Role, type: ActionType): Metric {
  return defineMetric<Quotient>({
    id: `act-share-${type}-${role}`,
    name: `Turns with "${type}", ${role}`,
    formula: `turns of the ${role} with the act "${type}" / its turns with acts`,
    variant: 'turns pooled; a turn can have several acts, so shares add up to more than one',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }) => {
      const own = turns.filter((turn) => turn.role === role && turn.actions.length > 0);
      if (own.length === 0) return { why: `dialogue without an act of the ${role}` };
      const hits = own.filter(({ actions }) => actions.some((action) => action.type === type));
      return { part: { hits: hits.length, of: own.length } };
    },
    combine: pooled,
    counts: countsOf('turns'),
    undefinedBecause: `The ${role} has no turn with an act.`,
  });
}

export const actShareMetrics: readonly Metric[] = [
  ...userActionTypes.map((type) => actShare('user', type)),
  ...recommenderActionTypes.map((type) => actShare('recommender', type)),
];

/** A turn by role and acts: "user: reject + inform". */
export function actsOfTurn({ role, actions }: Pick<Turn, 'role' | 'actions'>): string {
  return `${role}: ${actions.map(({ type }) => type).join(' + ') || 'none'}`;
}

/** How often one turn's acts follow another's; the dialogue's start and end count as turns. */
export function actBigrams({ turns }: Pick<Dialogue, 'turns'>): Map<string, number> {
  const counts = new Map<string, number>();
  const acts = ['start', ...turns.map(actsOfTurn), 'end'];
  for (const [i, act] of acts.slice(1).entries()) {
    const bigram = `${acts[i] ?? ''} > ${act}`;
    counts.set(bigram, (counts.get(bigram) ?? 0) + 1);
  }
  return counts;
}
