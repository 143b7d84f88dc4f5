import { combineSums } from './combine';
import { alwaysHasWish } from './in-force';
import { judgementsOf } from './judgements';
import { defineMetric } from './metric';
import { left, ratio, type Quotient } from './parts';

interface Split {
  fitting: Quotient;
  other: Quotient;
}

const difference = combineSums<Split>(
  4,
  ({ fitting, other }) => [fitting.hits, fitting.of, other.hits, other.of],
  ([fittingHits = 0, fittingOf = 0, otherHits = 0, otherOf = 0]) => {
    const fitting = ratio(fittingHits, fittingOf);
    const other = ratio(otherHits, otherOf);
    return fitting === null || other === null ? null : fitting - other;
  },
);

/** A user that accepts everything scores exactly 0, one that knows its mind 1. */
export const discrimination = defineMetric<Split>({
  id: 'discrimination',
  name: 'Discrimination',
  formula: 'P(accept | the item fits) - P(accept | it does not fit), over recommendations judged',
  variant:
    'judged: accepted, rejected, seen, or passed over by a turn that accepts nothing; recommendations pooled',
  source: 'our definition',
  unit: 'difference',
  population: 'ended',
  observe: (dialogue, context) => {
    if (!alwaysHasWish(dialogue)) return { why: 'profile without a wanted attribute' };
    const part: Split = { fitting: { hits: 0, of: 0 }, other: { hits: 0, of: 0 } };
    const skipped: Record<string, number> = {};
    for (const judgement of judgementsOf(dialogue)) {
      const isFit = judgement.judged ? context.fit(dialogue, judgement.item, judgement.by) : null;
      if (!judgement.judged || isFit === null) {
        const why = judgement.judged ? 'item is not in the catalogue' : judgement.why;
        skipped[`recommendation: ${why}`] = (skipped[`recommendation: ${why}`] ?? 0) + 1;
        continue;
      }
      const side = isFit ? part.fitting : part.other;
      side.of += 1;
      if (judgement.accepted) side.hits += 1;
    }
    return { part, leftOut: left(skipped) };
  },
  combine: difference,
  undefinedBecause: 'Needs both: judged recommendations that fit, and some that do not.',
});
