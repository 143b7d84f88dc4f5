import { LabError } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { deriveId } from '../domain/random';
import { noProfile } from '../profile/none';
import { parseProfile } from '../profile/parse-profile';
import { useChoices } from './classroom';
import { loadDomain, type Domain } from './domain';
import type { Lab } from './lab.svelte';
import { readShared, sharedProfile, writeShared, type SharedSetup } from './share';

/** A link's setup, held against what is here: nothing is changed yet. */
export interface SharePlan {
  setup: SharedSetup;
  domain: Domain;
  domainName: string;
  profile: Profile;
  /** The profile came with the link and is to be kept here. */
  isNew: boolean;
  /** Models that the link names and this browser does not have: the seat's own one would be taken. */
  missingModels: readonly string[];
}

/** The address that leads to the present choices. Errors: `bad-config`. */
export function shareAddress(lab: Lab): string {
  const { domain, profile, choices, root } = lab;
  if (!domain || !profile) throw new LabError('bad-config', 'Choose a profile first.');
  // One that was adjusted is nobody else's.
  const own = lab.wish !== null || lab.archive.profiles.some(({ id }) => id === profile.id);
  const setup = { ...choices, domain: domain.id, profile: sharedProfile(profile, own) };
  return `${root}#${writeShared(setup)}`;
}

/**
 * What a link's setup would do here; `null` when the address carries none. Errors: `bad-input` for a link that is
 * damaged, of another version, or for what is not here.
 */
export async function planShared(lab: Lab, hash: string): Promise<SharePlan | null> {
  const read = readShared(hash);
  if (read === null) return null;
  if (!read.ok) throw badLink(read.reason);
  const { setup } = read;
  const entry = lab.domains.find(({ id }) => id === setup.domain);
  if (!entry) {
    throw new LabError(
      'bad-input',
      `This link is for the catalogue "${setup.domain}", which is not here. Nothing was changed. ` +
        'Add that catalogue on the Datasets page, then open the link again.',
    );
  }
  const domain = lab.domain?.id === entry.id ? lab.domain : await loadDomain(lab.root, entry);
  const own = lab.archive.isOpen ? await lab.archive.store.listProfiles(domain.id) : [];
  const nobody = setup.user === 'person' ? [noProfile(domain.catalogue)] : [];
  const known = [...domain.shown, ...own, ...nobody];
  const found = profileOf(setup.profile, domain, known);
  const ids = [setup.models.user, setup.models.recommender, setup.counterpart];
  return {
    setup,
    domain,
    domainName: entry.name,
    ...found,
    missingModels: ids
      .flatMap((id) => id ?? [])
      .filter((id) => !lab.models.some((model) => model.id === id)),
  };
}

/** Sets all that a plan says. Errors: those of the store. */
export async function applyShared(lab: Lab, plan: SharePlan): Promise<void> {
  const { setup, domain, profile, isNew } = plan;
  if (lab.talk.busy) {
    throw new LabError('bad-config', 'A dialogue is being held. Stop it, then apply the link.');
  }
  if (isNew) await lab.archive.saveProfiles([profile]);
  await useChoices(lab, { ...setup, domain: domain.id, profile: profile.id });
}

/** The link's profile here: the one of that id, or the link's own one under an id that nobody else has. */
function profileOf(
  shared: SharedSetup['profile'],
  domain: Domain,
  known: readonly Profile[],
): { profile: Profile; isNew: boolean } {
  if (typeof shared === 'string') {
    const profile = known.find(({ id }) => id === shared);
    if (profile) return { profile, isNew: false };
    throw new LabError(
      'bad-input',
      `This link names the profile "${shared}", which is not here. Nothing was changed. Ask for a link that was made with this version.`,
    );
  }
  let read: Profile;
  try {
    read = parseProfile({ ...shared, domain: domain.id }, domain.catalogue);
  } catch (reason) {
    const why = reason instanceof LabError ? reason.message : String(reason);
    throw new LabError(
      'bad-input',
      'The profile in this link cannot be used here. Nothing was changed.',
      why,
    );
  }
  const same = known.find(({ id }) => id === read.id);
  if (!same) return { profile: read, isNew: true };
  if (contentOf(same) === contentOf(read)) return { profile: same, isNew: false };
  const renamed = { ...read, id: deriveId('profile', contentOf(read)) };
  const kept = known.find(({ id }) => id === renamed.id);
  return kept ? { profile: kept, isNew: false } : { profile: renamed, isNew: true };
}

/** All that makes a profile, in one order. */
function contentOf({
  summary,
  wanted,
  unwanted,
  liked,
  disliked,
  targets,
  ...rest
}: Profile): string {
  const { patience, talkativeness } = rest;
  return JSON.stringify([
    summary,
    wanted,
    unwanted,
    liked,
    disliked,
    targets,
    patience,
    talkativeness,
  ]);
}

const why = {
  version: 'This link was made by another version of the lab. Ask for a new one.',
  size: 'This link is longer than any that the lab makes. Ask for a new one.',
  damaged:
    'This link is damaged: perhaps a part of it was cut off. Copy the whole link, or ask for a new one.',
} as const;

function badLink(reason: keyof typeof why): LabError {
  return new LabError('bad-input', `${why[reason]} Nothing was changed.`);
}
