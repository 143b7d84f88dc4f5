import type { Role } from '../contracts/action';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, type Quotient } from './parts';

const roles: readonly Role[] = ['user', 'recommender'];

function redrawn(role: Role | null): Metric {
  return defineMetric<Quotient>({
    id: `redrawn-turns-${role ?? 'both'}`,
    name: `Turns drawn anew, ${role ?? 'both roles'}`,
    formula: 'turns of which a draw was thrown away / turns that a model drew',
    variant: 'for a plain fault, as the settings allow: see "redraws"',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns, config }) => {
      if ((config.redraws ?? 0) === 0) return { why: 'dialogue whose turns are never drawn anew' };
      const own = turns.filter(
        (turn) => turn.seed !== null && (role === null || turn.role === role),
      );
      return {
        part: { hits: own.filter(({ drafts }) => drafts !== undefined).length, of: own.length },
      };
    },
    combine: pooled,
    counts: countsOf('turns'),
    undefinedBecause: 'There is no turn that a model drew.',
  });
}

/** What the other figures owe to turns being drawn anew. */
export const redrawMetrics: readonly Metric[] = [null, ...roles].map(redrawn);
