import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';
import { hasWishAt, lastTurn } from './in-force';
import { defineMetric } from './metric';
import { countsOf, pooled, yes, type Quotient } from './parts';
import { acceptsOf, firstAccept, wasRecommended, type Recommendation } from './recommendations';

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

/** The first accept of an item that was recommended before, is in the catalogue, and fits the profile then. */
function verifiedAccept(dialogue: Dialogue, context: MetricContext): Recommendation | undefined {
  return acceptsOf(dialogue).find(
    (accept) =>
      wasRecommended(dialogue, accept) && context.fit(dialogue, accept.item, accept.turn) === true,
  );
}

/** The turn that decides on success: of the first verified accept, else of the first accept, else the last. */
export function decidingTurn(dialogue: Dialogue, context: MetricContext): number {
  const verified = verifiedAccept(dialogue, context);
  return verified?.turn ?? firstAccept(dialogue) ?? lastTurn(dialogue);
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
    hasWishAt(dialogue, decidingTurn(dialogue, context))
      ? yes(verifiedAccept(dialogue, context) !== undefined)
      : { why: 'profile without a wanted attribute' },
  combine: pooled,
  counts: countsOf('dialogues'),
  undefinedBecause: 'No dialogue can be counted.',
});
