import type { Profile, ProfileChange } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { parseProfile } from './parse-profile';

/** What a person can change of a profile, whole: what stays as it is stands here too. */
export type SteerWish = Pick<Profile, 'summary' | 'wanted' | 'unwanted' | 'targets'> &
  Required<Pick<Profile, 'patience' | 'talkativeness'>>;

/** A profile as a form shows it; `normal` is what an absent patience or talkativeness means. */
export function wishOf(profile: Profile): SteerWish {
  const { summary, wanted, unwanted, targets, patience, talkativeness } = profile;
  return {
    ...{ summary, wanted, unwanted, targets },
    patience: patience ?? 'normal',
    talkativeness: talkativeness ?? 'normal',
  };
}

const fields = ['summary', 'wanted', 'unwanted', 'targets', 'patience', 'talkativeness'] as const;

/**
 * The profile as a person wishes it to be from now on; what they did not touch stays as it was, to the letter. Id,
 * source and known items are kept, anonymity is counted anew.
 *
 * Errors: `profile-invalid`, as for a profile of a file.
 */
export function steerProfile(profile: Profile, wish: SteerWish, catalogue: Catalogue): Profile {
  const before = wishOf(profile);
  const touched = fields.filter((field) => !equal(before[field], wish[field]));
  if (touched.length === 0) return profile;
  const parsed = parseProfile({ ...profile, ...pick(wish, touched) }, catalogue);
  const wishes = touched.includes('wanted') || touched.includes('unwanted');
  return {
    ...profile,
    ...pick(parsed, touched),
    ...(wishes ? { anonymity: parsed.anonymity } : {}),
  };
}

/** What differs between two states of a profile, field by field. */
export function changesBetween(before: Profile, after: Profile): ProfileChange[] {
  const changes: ProfileChange[] = [
    { field: 'summary', from: before.summary, to: after.summary },
    { field: 'wanted', from: before.wanted, to: after.wanted },
    { field: 'unwanted', from: before.unwanted, to: after.unwanted },
    { field: 'targets', from: before.targets, to: after.targets },
    { field: 'patience', from: before.patience ?? null, to: after.patience ?? null },
    { field: 'talkativeness', from: before.talkativeness ?? null, to: after.talkativeness ?? null },
    { field: 'anonymity', from: before.anonymity, to: after.anonymity },
  ];
  return changes.filter(({ from, to }) => !equal(from, to));
}

/** The profile before these changes. */
export function withoutChanges(profile: Profile, changes: readonly ProfileChange[]): Profile {
  const before: Partial<Record<ProfileChange['field'], unknown>> & Profile = { ...profile };
  for (const { field, from } of changes) {
    if (from === null) Reflect.deleteProperty(before, field);
    else before[field] = from as never;
  }
  return before;
}

function equal(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function pick<T extends object, Key extends keyof T>(
  value: T,
  keys: readonly Key[],
): Partial<Pick<T, Key>> {
  return Object.fromEntries(keys.map((key) => [key, value[key]])) as Partial<Pick<T, Key>>;
}
