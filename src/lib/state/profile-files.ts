import type { Attribute } from '../contracts/catalogue';
import type { Profile } from '../contracts/profile';
import type { Catalogue } from '../domain/catalogue';
import { countFitting } from '../profile/fit';
import { parseProfile } from '../profile/parse-profile';
import { parseProfiles, type ParsedProfiles } from '../profile/parse';
import { saveFile } from './files';

/** A profile as it stands in the form: no targets, because nobody's real likes are behind it. */
interface Draft {
  summary: string;
  wanted: readonly Attribute[];
  unwanted: readonly Attribute[];
}

/** A profile from the form. Errors: `profile-invalid`. */
export function profileOfDraft(draft: Draft, catalogue: Catalogue): Profile {
  return parseProfile({ ...draft }, catalogue);
}

/** How many items fit what the form says so far. */
export function fittingOfDraft({ wanted, unwanted }: Draft, catalogue: Catalogue): number {
  return countFitting({ wanted, unwanted }, catalogue);
}

/** The profiles of a JSONL file, and what was wrong with the other lines. */
export async function readProfileFile(file: Blob, catalogue: Catalogue): Promise<ParsedProfiles> {
  return parseProfiles(await file.text(), catalogue);
}

/** Hands the visitor their own profiles as JSONL. */
export function saveOwnProfiles(profiles: readonly Profile[]): void {
  const lines = profiles.map((profile) => `${JSON.stringify(profile)}\n`);
  saveFile('profiles.jsonl', lines, 'application/x-ndjson');
}
