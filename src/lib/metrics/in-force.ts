import type { Dialogue } from '../contracts/dialogue';
import { profileAt, rewound } from '../dialogue/steer';

/** Turns that were spoken with one brief and one set of targets: from `from` up to `to`. */
export interface Stretch extends Pick<Dialogue, 'profile' | 'targets'> {
  from: number;
  to: number;
}

/** A dialogue's stretches, in order: one unless it was steered. An edit that no turn came after is in none. */
export function stretchesOf(dialogue: Dialogue): Stretch[] {
  const { turns, edits = [] } = dialogue;
  const later = edits.map(({ turn }) => turn).filter((turn) => turn < turns.length);
  const starts = [...new Set([0, ...later])];
  return starts.map((from, i) => {
    const { profile, targets } = rewound(dialogue, from);
    return { from, to: starts[i + 1] ?? turns.length, profile, targets };
  });
}

/** The targets that were in force when turn `turn` was spoken. */
export function targetsAt(dialogue: Dialogue, turn: number): Dialogue['targets'] {
  return rewound(dialogue, turn).targets;
}

/** Index of the last turn; 0 where there is none. */
export function lastTurn({ turns }: Pick<Dialogue, 'turns'>): number {
  return Math.max(0, turns.length - 1);
}

/** Whether fitting means anything: a profile that wants nothing is fitted by everything. */
export function hasWish({ wanted }: Dialogue['profile']): boolean {
  return wanted.length > 0;
}

/** Whether fitting meant anything when turn `turn` was spoken. */
export function hasWishAt(dialogue: Dialogue, turn: number): boolean {
  return hasWish(profileAt(dialogue, turn));
}

/** Whether it did so in all of the dialogue. */
export function alwaysHasWish(dialogue: Dialogue): boolean {
  return stretchesOf(dialogue).every(({ profile }) => hasWish(profile));
}
