import { hashText } from '../domain/random';

export type Split = 'train' | 'validation' | 'shown';

/** Cumulative shares of seekers: shown first, then validation, the rest trains. */
const shownBelow = 0.15;
const validationBelow = 0.25;

/**
 * The split of a seeker, by a hash of their worker id: all dialogues of one seeker fall on one side, whatever
 * file they come from. *Shown* profiles ship with the app; nothing is trained or tuned on them.
 */
export function splitOf(seekerId: string): Split {
  const place = parseInt(hashText(`seeker:${seekerId}`).slice(0, 8), 16) / 2 ** 32;
  if (place < shownBelow) return 'shown';
  return place < validationBelow ? 'validation' : 'train';
}
