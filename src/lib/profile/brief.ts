import { LabError } from '../contracts';
import type { Profile, UserBrief } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/**
 * What the user simulator may know of a profile. The fields are copied one by one, so that targets, source and
 * whatever a later version adds stay behind. Errors: `profile-invalid` when an item is not in the catalogue.
 */
export function toBrief(profile: Omit<Profile, 'targets'>, catalogue: Catalogue): UserBrief {
  const known = [...profile.liked, ...profile.disliked].map((id) => {
    const item = catalogue.byId(id);
    if (item === null) {
      throw new LabError(
        'profile-invalid',
        `Profile "${profile.id}" names the item "${id}", which the catalogue "${catalogue.pack.name}" does not hold. Use the catalogue that it was made with.`,
      );
    }
    return item.label;
  });
  return {
    summary: profile.summary,
    wanted: profile.wanted.map(({ type, value }) => ({ type, value })),
    unwanted: profile.unwanted.map(({ type, value }) => ({ type, value })),
    known,
    ...(profile.patience === undefined ? {} : { patience: profile.patience }),
    ...(profile.talkativeness === undefined ? {} : { talkativeness: profile.talkativeness }),
  };
}
