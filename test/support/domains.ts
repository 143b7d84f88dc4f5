import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../../src/lib/contracts/profile';
import { createCatalogue, type Catalogue } from '../../src/lib/domain/catalogue';
import { parsePack } from '../../src/lib/domain/pack';
import { parseProfiles } from '../../src/lib/profile/parse';
import { parseStatistics, type Statistics } from '../../src/lib/recommend/statistics';

export interface ShippedDomain {
  catalogue: Catalogue;
  statistics: Statistics;
  profiles: readonly Profile[];
}

/** A domain as it ships, from static/domains. */
export function shippedDomain(id: 'movies' | 'boardgames'): ShippedDomain {
  const text = (name: string) =>
    readFileSync(
      fileURLToPath(new URL(`../../static/domains/${id}/${name}`, import.meta.url)),
      'utf8',
    );
  const catalogue = createCatalogue(parsePack(JSON.parse(text('catalogue.json'))));
  const { profiles, problems } = parseProfiles(text('profiles.jsonl'), catalogue);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  const statistics = parseStatistics(JSON.parse(text('statistics.json')));
  return { catalogue, statistics, profiles };
}
