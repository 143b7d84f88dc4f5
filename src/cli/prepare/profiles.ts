import type { Profile } from '../../lib/contracts/profile';
import type { Catalogue } from '../../lib/domain/catalogue';
import { buildProfiles } from '../../lib/profile/build';
import type { RedialDialogue } from '../../lib/profile/redial';
import type { PreparedSplit } from './prepare';

/** The profiles that the program makes from these dialogues, by dialogue; *shown* seekers are left out. */
export function profilesByDialogue(
  dialogues: readonly RedialDialogue[],
  catalogue: Catalogue,
  keptId: (id: string) => string,
  seed: number,
  splitOf: (seeker: string) => PreparedSplit,
): ReadonlyMap<string, Profile> {
  const learnable = dialogues.filter((dialogue) => splitOf(dialogue.seeker) !== 'shown');
  const { profiles } = buildProfiles(learnable, catalogue, {
    seed,
    dataset: 'ReDial',
    licence: 'CC BY 4.0',
    splitOf: (dialogue) => splitOf(dialogue.seeker),
    itemId: keptId,
  });
  return new Map(profiles.map((profile) => [profile.source.dialogueId ?? profile.id, profile]));
}
