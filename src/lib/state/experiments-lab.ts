import { ExperimentPlanner } from './experiments.svelte';
import { loadDomain, type Domain } from './domain';
import type { Lab } from './lab.svelte';
import { readNumbers } from './runs-plan';
import { LabError } from '../contracts/errors';

/** The planner of a page: with the lab's models, domains and kept profiles. */
export function experimentPlanner(lab: Lab): ExperimentPlanner {
  const opened = new Map<string, Promise<Domain>>();
  const domainOf = (id: string): Promise<Domain> => {
    if (lab.domain?.id === id) return Promise.resolve(lab.domain);
    const entry = lab.domains.find((one) => one.id === id);
    if (!entry) {
      throw new LabError(
        'catalogue-invalid',
        `The experiment is over the catalogue "${id}", which is not here. Add it on the page Datasets.`,
      );
    }
    const known = opened.get(id) ?? loadDomain(lab.root, entry);
    opened.set(id, known);
    // One that failed is fetched again the next time.
    known.catch(() => opened.delete(id));
    return known;
  };
  return new ExperimentPlanner({
    profiles: async (id) => (await domainOf(id)).shown,
    models: () => lab.models,
    store: () => lab.archive.store,
  });
}

/** Seeds of a list such as "1, 2"; `null` when one of them is none. */
export function readSeeds(text: string): number[] | null {
  const seeds = readNumbers(text, 0, 2 ** 31 - 2);
  return seeds?.every((seed) => Number.isInteger(seed)) === true ? seeds : null;
}
