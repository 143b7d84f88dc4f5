import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import type { SeatLineView } from '../../ui/view';

/** Who holds a dialogue. */
export function seatLines(dialogue: Dialogue | null): SeatLineView[] {
  if (dialogue === null) return [];
  return (['user', 'recommender'] satisfies Role[]).map((role) => {
    const { id, engine, device, promptVersion } = dialogue.models[role];
    return {
      role,
      id,
      engine,
      device: device ?? null,
      zeroShot: engine !== 'none' && promptVersion === null,
    };
  });
}
