import type { RedialDialogue } from '../../lib/profile/redial';
import { filmIds, type SourceTurn } from './source-turns';

/** Why a dialogue is left out. */
export const dropReasons = [
  /** One side says nothing. */
  'empty',
  /** Fewer than four turns. */
  'aborted',
  /** The seeker answers as the recommender would, or the other way round. */
  'swapped-roles',
  /** The recommender names no film that the seeker was asked about as suggested. */
  'no-recommendation',
] as const;
export type DropReason = (typeof dropReasons)[number];

const fewestTurns = 4;

/** Who names each film first. */
function firstNamedBy(turns: readonly SourceTurn[]): ReadonlyMap<string, SourceTurn['role']> {
  const first = new Map<string, SourceTurn['role']>();
  for (const turn of turns) {
    for (const id of filmIds(turn.text)) if (!first.has(id)) first.set(id, turn.role);
  }
  return first;
}

/** Why the dialogue cannot be learned from; `null` when it can. */
export function dropReason(
  dialogue: RedialDialogue,
  turns: readonly SourceTurn[],
  keptId: (id: string) => string = (id) => id,
): DropReason | null {
  const roles = new Set(turns.map((turn) => turn.role));
  if (roles.size < 2) return 'empty';
  if (turns.length < fewestTurns) return 'aborted';
  const first = firstNamedBy(turns);
  let agree = 0;
  let contradict = 0;
  let recommended = 0;
  for (const [film, { suggested }] of dialogue.answers) {
    const by = first.get(keptId(film));
    if (by === undefined) continue;
    if (suggested === (by === 'recommender')) agree += 1;
    else contradict += 1;
    if (suggested && by === 'recommender') recommended += 1;
  }
  if (contradict > agree) return 'swapped-roles';
  // Without a questionnaire what the recommender brought up stands for what it suggested.
  if (dialogue.answers.size === 0) {
    recommended = [...first.values()].filter((by) => by === 'recommender').length;
  }
  return recommended === 0 ? 'no-recommendation' : null;
}
