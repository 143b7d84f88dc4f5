import type { Dialogue } from '../contracts/dialogue';
import type { Profile } from '../contracts/profile';
import { wholeProfile } from '../dialogue/steer';
import { wishOf } from '../profile/steer';
import type { SteerDraft } from '../ui/view';

export { noProfileId } from '../profile/none';

/** What the form for steering begins with: what is in force now. */
export function steerDraft(held: Profile | Dialogue): SteerDraft {
  return wishOf('turns' in held ? wholeProfile(held) : held);
}
