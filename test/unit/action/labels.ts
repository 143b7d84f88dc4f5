import fc from 'fast-check';
import type { Role } from '../../../src/lib/contracts/action';
import type { LabelledAction } from '../../../src/lib/contracts/view';
import { actionOrder, maxActions, needsItem, takesItem } from '../../../src/lib/action/rules';

/** Awkward titles: quotes, backslash, colon, everyday words, other scripts. */
export const labels = [
  'It (2017)',
  'Up (2009)',
  'He Said "No" (1990)',
  'Back\\slash (2001)',
  'Mission: Impossible (1996)',
  '映画 (2020)',
  '$9.99 (2008)',
  "Schindler's List (1993)",
] as const;

export const idOf = (label: string): string | null => {
  const at = labels.findIndex((known) => known === label);
  return at < 0 ? null : `item-${String(at)}`;
};

const named = (most: number) =>
  fc.uniqueArray(fc.constantFrom(...labels), { minLength: 1, maxLength: most });

/** Action lines as the grammar would have them: one to three, in order, items where they belong. */
export const canonicalActions = (role: Role): fc.Arbitrary<LabelledAction[]> =>
  fc
    .uniqueArray(fc.constantFrom(...actionOrder(role)), { minLength: 1, maxLength: maxActions })
    .map((types) =>
      [...types].sort((a, b) => actionOrder(role).indexOf(a) - actionOrder(role).indexOf(b)),
    )
    .chain((types) =>
      fc.tuple(
        ...types.map((type): fc.Arbitrary<LabelledAction> => {
          if (needsItem(type)) return named(2).map((items) => ({ type, items }));
          if (!takesItem(type)) return fc.constant({ type });
          return fc.oneof(
            fc.constant({ type }),
            named(3).map((items) => ({ type, items })),
          );
        }),
      ),
    );

/** What a turn says: one line without brackets, trimmed. */
export const spoken = fc
  .string({ minLength: 1, maxLength: 60, unit: 'grapheme' })
  .map((text) => text.replace(/[[\]\s\p{Cc}]+/gu, ' ').trim())
  .filter((text) => text !== '');
