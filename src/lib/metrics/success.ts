import type { Dialogue } from '../contracts/dialogue';
import { hasWish, type MetricContext } from './context';
import { defineMetric } from './metric';
import { countsOf, pooled, yes, type Quotient } from './parts';
import { acceptsOf, firstAccept, wasRecommended } from './recommendations';

export const rawSuccess = defineMetric<Quotient>({
  id: 'raw-success',
  name: 'Raw success',
  formula: 'dialogues with an accept action of the user / dialogues',
  variant: 'any accept counts, whatever was accepted',
  source: 'success rate of Interplay',
  unit: 'share',
  population: 'ended',
  observe: (dialogue) => yes(firstAccept(dialogue) !== null),
  combine: pooled,
  counts: countsOf('dialogues'),
  undefinedBecause: 'No dialogue can be counted.',
});

/** Whether an item was accepted that was recommended before, is in the catalogue, and fits the profile. */
export function isVerified(dialogue: Dialogue, context: MetricContext): boolean {
  return acceptsOf(dialogue).some(
    (accept) => wasRecommended(dialogue, accept) && context.fit(dialogue, accept.item) === true,
  );
}

export const verifiedSuccess = defineMetric<Quotient>({
  id: 'verified-success',
  name: 'Verified success',
  formula:
    'dialogues with an accept of an item that was recommended before it, is in the catalogue, has at least ' +
    'theta of the wanted attributes and none of the unwanted / dialogues',
  variant: 'fit by attributes, theta 0.5 unless told',
  source: 'our definition',
  unit: 'share',
  population: 'ended',
  observe: (dialogue, context) =>
    hasWish(dialogue.profile)
      ? yes(isVerified(dialogue, context))
      : { why: 'profile without a wanted attribute' },
  combine: pooled,
  counts: countsOf('dialogues'),
  undefinedBecause: 'No dialogue can be counted.',
});
