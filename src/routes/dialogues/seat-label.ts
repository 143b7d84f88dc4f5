import type { RecommenderSeatName, UserSeat } from '$lib/state/choices';
import { say } from '$lib/ui/messages';

/** A seat in a list of seats: a model by its own name. */
export function runSeatLabel(
  seat: UserSeat | RecommenderSeatName,
  model: string | undefined,
  items: string,
): string {
  return seat === 'model' && model !== undefined ? model : say(`seat.${seat}`, { items });
}
