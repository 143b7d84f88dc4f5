import { LabError } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { createCatalogue, type Catalogue } from '../domain/catalogue';
import { parsePack } from '../domain/pack';
import { parseProfiles } from '../profile/parse';
import {
  createContentRanker,
  createGraphRanker,
  createLearnedRanker,
  createPopularityRanker,
  createRandomRanker,
  parseLearnedRanking,
  type Ranker,
} from '../recommend/ranker';
import { parseStatistics } from '../recommend/statistics';
import { fetchJson, fetchText } from './fetch-file';

/** A line of `domains/index.json`. */
export interface DomainEntry {
  id: string;
  name: string;
  catalogue: string;
  profiles: string;
  statistics?: string;
  /** What a ranker has learned; a domain without it is ranked by content. */
  ranker?: string;
  /** Of a domain that is no file of the site. */
  open?: () => Promise<Domain>;
}

/** A domain, ready for dialogues. */
export interface Domain {
  id: string;
  catalogue: Catalogue;
  /** The profiles that the app ships. */
  shown: readonly Profile[];
  content: Ranker;
  /** Absent where nothing was learned for the domain. */
  learned?: Ranker;
  popularity: Ranker;
  /** Made when it is asked for: its graph takes a moment. */
  graph: () => Ranker;
  random: (seed: number) => Ranker;
}

/** Those of some seats that a domain has: without a learned ranker nobody can be sat there. */
export function seatsOfDomain<T extends string>(seats: readonly T[], domain: Domain | null): T[] {
  return seats.filter((seat) => seat !== 'learned' || domain?.learned !== undefined);
}

/** The domains that this site has. Errors: `catalogue-invalid`. */
export async function listDomains(root: string): Promise<readonly DomainEntry[]> {
  const entries = await fetchJson(new URL('domains/index.json', root).href, 'catalogue-invalid');
  if (Array.isArray(entries) && entries.length > 0) return entries as DomainEntry[];
  throw new LabError('catalogue-invalid', 'This site lists no domains. Build it again.');
}

/** Fetches and indexes a domain. Errors: `catalogue-invalid`, `profile-invalid`. */
export async function loadDomain(root: string, entry: DomainEntry): Promise<Domain> {
  if (entry.open) return entry.open();
  const at = (path: string) => new URL(path, new URL('domains/', root)).href;
  const [pack, lines, statistics, ranking] = await Promise.all([
    fetchJson(at(entry.catalogue), 'catalogue-invalid'),
    fetchText(at(entry.profiles), 'profile-invalid'),
    entry.statistics === undefined ? null : fetchJson(at(entry.statistics), 'catalogue-invalid'),
    entry.ranker === undefined ? null : fetchJson(at(entry.ranker), 'catalogue-invalid'),
  ]);
  const catalogue = createCatalogue(parsePack(pack));
  const { profiles, problems } = parseProfiles(lines, catalogue);
  const problem = problems[0];
  if (problem || profiles.length === 0) {
    throw new LabError(
      'profile-invalid',
      'The profiles of this site do not fit its catalogue. Build the site again.',
      problem && `line ${String(problem.line)}: ${problem.reason}`,
    );
  }
  const counts = parseStatistics(statistics);
  return {
    id: entry.id,
    catalogue,
    shown: profiles,
    content: createContentRanker(catalogue, counts),
    ...(ranking === null
      ? {}
      : {
          learned: createLearnedRanker(catalogue, counts, parseLearnedRanking(ranking, entry.id)),
        }),
    popularity: createPopularityRanker(catalogue),
    graph: () => createGraphRanker(catalogue),
    random: (seed) => createRandomRanker(catalogue, seed),
  };
}
