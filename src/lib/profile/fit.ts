import type { Attribute, Item, Profile } from '../contracts';
import { hasAttribute } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';

/** What fitting needs of a profile or a brief. */
export interface Wishes {
  wanted: readonly Attribute[];
  unwanted: readonly Attribute[];
}

/** The share of the wanted attributes that an item must have to fit. */
export const defaultTheta = 0.5;

/** Share of the wanted attributes that the item has, in [0, 1]; `null` when nothing is wanted. */
export function matchShare(item: Item, wanted: readonly Attribute[]): number | null {
  if (wanted.length === 0) return null;
  return wanted.filter((attribute) => hasAttribute(item, attribute)).length / wanted.length;
}

/**
 * True when the item has at least a share theta of the wanted attributes and none of the unwanted ones
 * (verified success in the metrics' definitions). Without a wish nothing is measured, so only dislikes decide.
 */
export function fits(
  item: Item,
  wishes: Wishes,
  _catalogue?: Catalogue,
  theta: number = defaultTheta,
): boolean {
  if (wishes.unwanted.some((attribute) => hasAttribute(item, attribute))) return false;
  const share = matchShare(item, wishes.wanted);
  return share === null || share >= theta;
}

/** Anonymity: how many catalogue items fit, the crowd in which a hidden target stands. */
export function countFitting(
  wishes: Pick<Profile, 'wanted' | 'unwanted'>,
  catalogue: Catalogue,
  theta: number = defaultTheta,
): number {
  let count = 0;
  for (const item of catalogue.items) if (fits(item, wishes, catalogue, theta)) count++;
  return count;
}
