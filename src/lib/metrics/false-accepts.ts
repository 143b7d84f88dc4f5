import { alwaysHasWish } from './in-force';
import { defineMetric } from './metric';
import { countsOf, pooled, type Quotient } from './parts';
import { acceptsOf } from './recommendations';

export const falseAccepts = defineMetric<Quotient>({
  id: 'false-accept-rate',
  name: 'False accept rate',
  formula: 'accepted items that do not fit the profile / accepted items',
  variant: 'each item once a dialogue; one that is not in the catalogue does not fit',
  source: 'our definition',
  unit: 'share',
  population: 'ended',
  observe: (dialogue, context) => {
    if (!alwaysHasWish(dialogue)) return { why: 'profile without a wanted attribute' };
    const accepts = acceptsOf(dialogue);
    const hits = accepts.filter(
      ({ item, turn }) => context.fit(dialogue, item, turn) !== true,
    ).length;
    return { part: { hits, of: accepts.length } };
  },
  combine: pooled,
  counts: countsOf('accepted items'),
  undefinedBecause: 'Nothing was accepted.',
});
