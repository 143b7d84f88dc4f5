import type { RedialDialogue } from './redial';
import { splitOf, type Split } from './split';

/** The dialogues whose seeker is of the split. */
export function dialoguesOf(dialogues: readonly RedialDialogue[], split: Split): RedialDialogue[] {
  return dialogues.filter((dialogue) => splitOf(dialogue.seeker) === split);
}
