import type { Role } from '../contracts/action';
import type { ChatEngine, ModelRole } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { QueuedRun } from '../contracts/run';
import { chooseEngine } from '../engine/choose';
import { createBrowserEngine } from '../engine/create';
import { recommenderSeats, userSeats } from './choices';
import { loadDomain, type Domain } from './domain';
import type { Lab } from './lab.svelte';
import { counterpartMissing } from './models';
import { ModelSeat, type BrowserKind } from './model-seat.svelte';
import { openRunChannel } from './runs-channel';
import { recoveringEngine } from './runs-recover';
import { Runs, type RunsDeps } from './runs.svelte';
import { takeSeats } from './seats';

/** The page's runs, with engines of their own: a dialogue on the first page has its own caches. */
export interface LabRuns {
  runs: Runs;
  seats: Readonly<Record<Role, ModelSeat>>;
}

/** Runs that load what they need as the lab does. One of it, made by the root layout. */
export function createRuns(lab: Lab): LabRuns {
  const seats = {
    user: new ModelSeat('user', createBrowserEngine),
    recommender: new ModelSeat('recommender', createBrowserEngine),
  };
  const runs = new Runs({
    store: () => lab.archive.store,
    prepare: (queued, signal, hooks) => prepareRun(lab, seats, queued, signal, hooks),
    channel: openRunChannel(),
    clock: () => Date.now(),
    elapsed: () => performance.now(),
  });
  return { runs, seats };
}

async function prepareRun(
  lab: Lab,
  seats: LabRuns['seats'],
  queued: QueuedRun,
  signal: AbortSignal,
  hooks: Parameters<RunsDeps['prepare']>[2],
): ReturnType<RunsDeps['prepare']> {
  const domain = await domainOf(lab, queued.domain);
  const kind = engineKind(lab, queued);
  const engines: ChatEngine[] = [];
  const engineFor = async (asked: ModelRole): Promise<ChatEngine> => {
    // The counterpart is one engine for both seats.
    const role = asked === 'both' ? 'user' : asked;
    if (asked === 'both' && queued.models.user === null) throw counterpartMissing();
    const model = lab.models.find(({ id }) => id === queued.models[role]);
    if (!kind || !model) throw modelMissing(queued.models[role]);
    const { id, location } = model;
    const load = () => seats[role].ready(kind, { id, location }, signal);
    // The second one finds the first one's files in the browser's cache.
    if (role === 'recommender') await seats.user.fetched;
    signal.throwIfAborted();
    const engine = recoveringEngine(await load(), { ...hooks, reload: load });
    engines.push(engine);
    return engine;
  };
  const recommender = known(queued.seats.recommender, recommenderSeats);
  const taken = await takeSeats(
    {
      user: recommender === 'counterpart' ? 'model' : known(queued.seats.user, userSeats),
      recommender,
    },
    domain,
    queued.seed,
    engineFor,
  );
  const own = await lab.archive.store.listProfiles(domain.id);
  return {
    seats: taken,
    catalogue: domain.catalogue,
    profiles: [...domain.shown, ...own],
    slots:
      engines.length === 0 ? 1 : Math.min(...engines.map((engine) => engine.info()?.slots ?? 1)),
  };
}

/** A domain by its id, open or to be opened. Errors: `catalogue-invalid` for one that is not here. */
export async function domainOf(lab: Lab, id: string): Promise<Domain> {
  if (lab.domain?.id === id) return lab.domain;
  const entry = lab.domains.find((domain) => domain.id === id);
  if (entry) return loadDomain(lab.root, entry);
  throw new LabError(
    'catalogue-invalid',
    `The catalogue "${id}" is not here any more. Take it in again on the page Datasets.`,
  );
}

function engineKind(lab: Lab, { engine, models }: QueuedRun): BrowserKind | undefined {
  if (models.user === null && models.recommender === null) return undefined;
  const choice = lab.abilities && chooseEngine(lab.abilities, engine);
  if (choice?.possible) return choice.kind;
  throw new LabError('engine-unavailable', choice?.reason ?? 'No engine was found yet.');
}

function known<T extends string>(name: string, seats: readonly T[]): T {
  const found = seats.find((seat) => seat === name);
  if (found !== undefined) return found;
  throw new LabError('bad-input', `This page has no seat "${name}". Queue the run again.`);
}

function modelMissing(id: string | null): LabError {
  return new LabError(
    'model-missing',
    `The model "${id ?? ''}" of this run is not here any more. Add it again, or queue a new run.`,
  );
}
