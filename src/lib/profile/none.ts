import type { Profile } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/** The id of `noProfile`. */
export const noProfileId = 'none';

/**
 * Of a person who talks for themselves: nothing is known of them. Whatever is computed from wishes or targets says why
 * it cannot be.
 */
export function noProfile(catalogue: Catalogue): Profile {
  return {
    schemaVersion: 1,
    id: noProfileId,
    domain: catalogue.pack.id,
    summary: '',
    wanted: [],
    unwanted: [],
    liked: [],
    disliked: [],
    targets: [],
    anonymity: catalogue.items.length,
    source: { dataset: 'person', split: 'hand', licence: 'own' },
  };
}
