import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError, type ErrorCode } from '../../lib/contracts/errors';
import type { Profile } from '../../lib/contracts/profile';
import { createCatalogue, type Catalogue } from '../../lib/domain/catalogue';
import { parsePack } from '../../lib/domain/pack';
import { parseProfiles, type ProfileProblem } from '../../lib/profile/parse';
import { parseLearnedRanking, type LearnedRanking } from '../../lib/recommend/learned-file';
import { parseStatistics, type Statistics } from '../../lib/recommend/statistics';

/** A domain as its folder in static/domains holds it. */
export interface DomainFiles {
  catalogue: Catalogue;
  statistics: Statistics;
  /** `null` where nothing was learned for the domain. */
  learned: LearnedRanking | null;
  /** Where its own profiles are. */
  profiles: string;
}

interface DomainEntry {
  id: string;
  catalogue: string;
  profiles: string;
  statistics: string | null;
  ranker?: string;
}

/** Errors: `bad-config` for an unknown domain, `catalogue-invalid` for a damaged file. */
export async function loadDomain(root: string, id: string): Promise<DomainFiles> {
  const folder = join(root, 'static', 'domains');
  const domains = (await readJson(
    join(folder, 'index.json'),
    'catalogue-invalid',
  )) as DomainEntry[];
  const entry = domains.find((domain) => domain.id === id);
  if (entry === undefined) {
    const known = domains.map((domain) => domain.id).join(', ');
    throw new LabError('bad-config', `There is no domain "${id}". There are: ${known}.`);
  }
  const read = (file: string) => readJson(join(folder, file), 'catalogue-invalid');
  return {
    catalogue: createCatalogue(parsePack(await read(entry.catalogue))),
    statistics: parseStatistics(entry.statistics === null ? null : await read(entry.statistics)),
    learned:
      entry.ranker === undefined ? null : parseLearnedRanking(await read(entry.ranker), entry.id),
    profiles: join(folder, entry.profiles),
  };
}

/** A profiles file. Errors: `bad-input` when it cannot be read or is of another domain, or when no line is a profile. */
export async function loadProfiles(
  path: string,
  catalogue: Catalogue,
): Promise<{ profiles: readonly Profile[]; problems: readonly ProfileProblem[] }> {
  const { profiles, problems } = parseProfiles(await readText(path, 'bad-input'), catalogue);
  const foreign = profiles.find(({ domain }) => domain !== catalogue.pack.id);
  if (foreign !== undefined) {
    throw new LabError(
      'bad-input',
      `The profile "${foreign.id}" is of the domain "${foreign.domain}", and this run is of ` +
        `"${catalogue.pack.id}". Add --domain ${foreign.domain}, or choose another file.`,
    );
  }
  if (profiles.length === 0 && problems.length === 0) {
    throw new LabError('bad-input', `${path} holds no profile. Choose another file.`);
  }
  return { profiles, problems };
}

async function readJson(path: string, code: ErrorCode): Promise<unknown> {
  const text = await readText(path, code);
  try {
    return JSON.parse(text);
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new LabError(code, `${path} is damaged: it is not JSON. Get the file again.`, words);
  }
}

async function readText(path: string, code: ErrorCode): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new LabError(code, `${path} cannot be read. Check the name and try again.`, words);
  }
}
