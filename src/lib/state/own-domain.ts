import type { DomainPack } from '../contracts/catalogue';
import { LabError } from '../contracts/errors';
import { createCatalogue } from '../domain/catalogue';
import { deriveId } from '../domain/random';
import { starterProfiles } from '../profile/starter';
import {
  createContentRanker,
  createGraphRanker,
  createPopularityRanker,
  createRandomRanker,
} from '../recommend/ranker';
import { parseStatistics } from '../recommend/statistics';
import type { LabStore } from '../store/index';
import type { Domain, DomainEntry } from './domain';

const prefix = 'own';

/** A pack under an id that no domain of the site has. */
export function asOwnPack(pack: DomainPack): DomainPack {
  return { ...pack, id: deriveId(prefix, pack.name) };
}

/** The visitor's own catalogues as domains; none while nothing is kept. */
export async function ownDomains(store: LabStore | null): Promise<DomainEntry[]> {
  if (!store) return [];
  return (await store.listCatalogues()).map(({ id, name }) => ({
    id,
    name,
    catalogue: '',
    profiles: '',
    open: () => openOwn(store, id, name),
  }));
}

async function openOwn(store: LabStore, id: string, name: string): Promise<Domain> {
  const pack = await store.getCatalogue(id);
  if (pack) return domainOf(pack);
  throw new LabError(
    'catalogue-invalid',
    `The catalogue “${name}” is not kept here any more. Choose another domain.`,
  );
}

function domainOf(pack: DomainPack): Domain {
  const catalogue = createCatalogue(pack);
  return {
    id: pack.id,
    catalogue,
    shown: starterProfiles(catalogue),
    content: createContentRanker(catalogue, parseStatistics(null)),
    popularity: createPopularityRanker(catalogue),
    graph: () => createGraphRanker(catalogue),
    random: (seed) => createRandomRanker(catalogue, seed),
  };
}
