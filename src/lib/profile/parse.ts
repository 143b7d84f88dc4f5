import { toErrorData } from '../contracts';
import type { Profile } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { parseProfile } from './parse-profile';

export interface ProfileProblem {
  /** Counted from 1, as editors do. */
  line: number;
  reason: string;
}

export interface ParsedProfiles {
  profiles: Profile[];
  problems: ProfileProblem[];
}

/**
 * Profiles from JSON lines: our own files, or ones written by hand with only `summary` and `wanted`. A bad line never
 * spoils the others: it is reported with its number and reason. Empty lines are skipped.
 */
export function parseProfiles(jsonl: string, catalogue: Catalogue): ParsedProfiles {
  const profiles: Profile[] = [];
  const problems: ProfileProblem[] = [];
  const lineById = new Map<string, number>();
  const lines = jsonl.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  lines.forEach((text, i) => {
    if (text.trim() === '') return;
    const line = i + 1;
    try {
      const profile = parseProfile(JSON.parse(text) as unknown, catalogue);
      const earlier = lineById.get(profile.id);
      if (earlier !== undefined) {
        problems.push({
          line,
          reason: `the id "${profile.id}" is already used in line ${earlier}`,
        });
        return;
      }
      lineById.set(profile.id, line);
      profiles.push(profile);
    } catch (reason) {
      const said =
        reason instanceof SyntaxError
          ? `not JSON: ${reason.message}`
          : toErrorData(reason, 'profile-invalid').message;
      problems.push({ line, reason: said });
    }
  });
  return { profiles, problems };
}
