import type { Role } from '../contracts/action';
import { judgesRoleSwap, speaksAsOther } from '../dialogue/foreign-speech';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, type Quotient } from './parts';

const roles: readonly Role[] = ['user', 'recommender'];

function swapped(role: Role | null): Metric {
  return defineMetric<Quotient>({
    id: `role-swapped-turns-${role ?? 'both'}`,
    name: `Role swaps, ${role ?? 'both roles'}`,
    formula: "turns that speak in the other role's phrases / turns",
    variant: 'English phrases, a heuristic',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }, { catalogue }) => {
      if (!judgesRoleSwap(catalogue.pack.language)) {
        return { why: 'dialogue in a language whose phrases are not known' };
      }
      const own = turns.filter((turn) => role === null || turn.role === role);
      return { part: { hits: own.filter(speaksAsOther).length, of: own.length } };
    },
    combine: pooled,
    counts: countsOf('turns'),
    undefinedBecause: 'There is no turn.',
  });
}

/** By turn: the degeneracy gate counts dialogues. */
export const roleSwapMetrics: readonly Metric[] = [null, ...roles].map(swapped);
