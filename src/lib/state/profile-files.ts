import type { Attribute } from '../contracts/catalogue';
import type { Profile } from '../contracts/profile';
import type { Catalogue } from '../domain/catalogue';
import { countFitting } from '../profile/fit';
import { parseProfile } from '../profile/parse-profile';
import { parseProfiles, type ParsedProfiles } from '../profile/parse';
import { byteLines } from '../store/formats/byte-lines';
import { readJson } from '../store/formats/json';
import { defaultLimits, type ImportLimits } from '../store/formats/limits';
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

/** Profiles are short: so many bytes hold tens of thousands. */
const profileLimits: ImportLimits = {
  ...defaultLimits,
  fileBytes: 32 * 2 ** 20,
  recordLength: 2 ** 20,
};

/**
 * The profiles of a JSONL file, and what was wrong with the other lines. Errors: `bad-input` for a file that is too big.
 */
export async function readProfileFile(
  file: { stream(): ReadableStream<Uint8Array> },
  catalogue: Catalogue,
  limits: ImportLimits = profileLimits,
): Promise<ParsedProfiles> {
  const lines: string[] = [];
  const refused: ParsedProfiles['problems'] = [];
  for await (const found of byteLines(file.stream(), limits)) {
    const read =
      found.ok && found.value.trim() !== '' ? readJson(found.line, found.value, limits) : found;
    if (!read.ok) refused.push({ line: read.line, reason: read.reason });
    // One line each, empty if refused: so the others keep their numbers.
    lines.push(read.ok && found.ok ? found.value.replaceAll('\r', ' ') : '');
  }
  const { profiles, problems } = parseProfiles(lines.join('\n'), catalogue);
  return { profiles, problems: [...refused, ...problems].sort((a, b) => a.line - b.line) };
}

/** Hands the visitor their own profiles as JSONL. */
export function saveOwnProfiles(profiles: readonly Profile[]): void {
  const lines = profiles.map((profile) => `${JSON.stringify(profile)}\n`);
  saveFile('profiles.jsonl', lines, 'application/x-ndjson');
}
