import type { RatingItem, RatingPlan } from '../../contracts/rating';
import { createRandom, deriveSeed, shuffled } from '../../domain/random';
import { repeatsOf } from './plan';

/** How many orders are drawn to find one whose repeats stand far from what they repeat. */
const draws = 20;

/**
 * The order in which a rater sees the items, one of their own so that being first or last helps no system; the same
 * whenever it is asked. What comes twice comes in the first half, and again in the second.
 *
 * @param rater the sheet's id
 */
export function orderFor({ items, seed }: RatingPlan, rater: string): readonly RatingItem[] {
  const repeats = repeatsOf(items);
  const repeated = new Set([...repeats.values()]);
  const copies = items.filter(({ id }) => repeats.has(id));
  const once = items.filter((item) => !repeats.has(item.id) && !repeated.has(item));
  const random = createRandom(deriveSeed('rating-order', seed, rater));
  let best: { order: RatingItem[]; gap: number } | null = null;
  for (let draw = 0; draw < (copies.length === 0 ? 1 : draws); draw++) {
    const others = shuffled(once, random);
    const half = Math.ceil(others.length / 2);
    const order = [
      ...shuffled([...repeated, ...others.slice(0, half)], random),
      ...shuffled([...copies, ...others.slice(half)], random),
    ];
    const place = new Map(order.map((item, i) => [item, i]));
    const gap = Math.min(
      ...copies.map((copy) => {
        const original = repeats.get(copy.id);
        return (place.get(copy) ?? 0) - ((original && place.get(original)) ?? 0);
      }),
    );
    if (best === null || gap > best.gap) best = { order, gap };
  }
  return best?.order ?? [];
}
