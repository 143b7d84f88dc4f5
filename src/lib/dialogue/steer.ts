import type { Dialogue } from '../contracts/dialogue';
import type { Profile } from '../contracts/profile';
import type { Catalogue } from '../domain/catalogue';
import { changesBetween, steerProfile, withoutChanges, type SteerWish } from '../profile/steer';

type Steered = Pick<Dialogue, 'profile' | 'targets' | 'edits'>;

/** A dialogue's profile, hidden targets and all. For the baselines, for scores and for steering. */
export function wholeProfile({ profile, targets }: Steered): Profile {
  return { ...profile, targets };
}

/**
 * The dialogue with its profile as a person wishes it from the next turn on, and the edit recorded; the same dialogue
 * when nothing changes. Errors: `profile-invalid`.
 */
export function steerDialogue(dialogue: Dialogue, wish: SteerWish, catalogue: Catalogue): Dialogue {
  const before = wholeProfile(dialogue);
  const after = steerProfile(before, wish, catalogue);
  const changes = changesBetween(before, after);
  if (changes.length === 0) return dialogue;
  const { targets, ...profile } = after;
  const edit = { turn: dialogue.turns.length, changes };
  return { ...dialogue, profile, targets, edits: [...(dialogue.edits ?? []), edit] };
}

/** The dialogue's profile and targets as they were when turn `turn` was spoken, with the edits up to then. */
export function rewound<T extends Steered>(dialogue: T, turn: number): T {
  const { edits = [] } = dialogue;
  const kept = edits.filter((edit) => edit.turn <= turn);
  if (kept.length === edits.length) return dialogue;
  const later = edits.filter((edit) => edit.turn > turn).reverse();
  const { targets, ...profile } = later.reduce(
    (after, { changes }) => withoutChanges(after, changes),
    wholeProfile(dialogue),
  );
  const before: T = { ...dialogue, profile, targets, edits: kept };
  if (kept.length === 0) delete before.edits;
  return before;
}

/** The brief that turn `turn` was spoken with. */
export function profileAt(dialogue: Steered, turn: number): Dialogue['profile'] {
  return rewound(dialogue, turn).profile;
}
