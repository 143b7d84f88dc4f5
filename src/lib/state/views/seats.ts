import type { Role } from '../../contracts/action';
import type { Dialogue } from '../../contracts/dialogue';
import type { SeatLineView } from '../../ui/view';

/** Who holds a dialogue. */
export function seatLines(dialogue: Dialogue | null): SeatLineView[] {
  if (dialogue === null) return [];
  return (['user', 'recommender'] satisfies Role[]).map((role) => {
    const { id, engine, device, promptVersion, human } = dialogue.models[role];
    return {
      role,
      id,
      engine,
      device: device ?? null,
      // A script is no model: nothing was left untrained.
      zeroShot: !['none', 'scripted'].includes(engine) && promptVersion === null,
      human: human ?? false,
    };
  });
}

/** The seat of a dialogue that is not over in which a person sits; `null`: none. */
export function seatOfPerson(dialogue: Dialogue): Role | null {
  const { models, outcome } = dialogue;
  const roles: readonly Role[] = ['user', 'recommender'];
  return outcome === null ? (roles.find((role) => models[role].human) ?? null) : null;
}
