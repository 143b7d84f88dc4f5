import { profileAt } from '../dialogue/steer';
import { countFitting } from '../profile/fit';
import { quantile } from './bootstrap';
import { combineBy } from './combine';
import type { MetricContext } from './context';
import { hasWish } from './in-force';
import { defineMetric, type Metric, type Observation } from './metric';
import { countsOf, pooled, type Quotient } from './parts';
import type { Dialogue } from '../contracts/dialogue';

/** With fewer a target is as good as named, with more nearly everything fits. */
const [fewest, most] = [20, 300];

function crowd(dialogue: Dialogue, context: MetricContext): Observation<number> {
  // Of a steered dialogue, the profile that it began with.
  const profile = profileAt(dialogue, 0);
  if (!hasWish(profile)) return { why: 'profile without a wanted attribute' };
  if (!context.isFirstOfProfile(dialogue)) return { why: 'profile that is counted already' };
  return { part: countFitting(profile, context.catalogue, context.theta) };
}

function crowdQuantile(p: number, id: string, name: string): Metric {
  return defineMetric<number>({
    id: `anonymity-${id}`,
    name: `Anonymity, ${name}`,
    formula: `${name} over profiles of the number of catalogue items that fit`,
    variant: 'each profile once',
    source: 'our definition',
    unit: 'items',
    population: 'all',
    observe: crowd,
    combine: combineBy((parts) => quantile(parts, p)),
    undefinedBecause: 'There is no profile.',
  });
}

export const anonymity: readonly Metric[] = [
  crowdQuantile(0.25, 'q1', 'first quartile'),
  crowdQuantile(0.5, 'median', 'median'),
  crowdQuantile(0.75, 'q3', 'third quartile'),
  defineMetric<Quotient>({
    id: 'anonymity-in-range',
    name: 'Anonymity in range',
    formula: `profiles that ${fewest} to ${most} catalogue items fit / profiles`,
    variant: 'each profile once',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) => {
      const seen = crowd(dialogue, context);
      if (!('part' in seen)) return seen;
      const isIn = seen.part >= fewest && seen.part <= most;
      return { part: { hits: isIn ? 1 : 0, of: 1 } };
    },
    combine: pooled,
    counts: countsOf('profiles'),
    undefinedBecause: 'There is no profile.',
  }),
];
