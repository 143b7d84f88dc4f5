import type { QueuedRun } from '../../../src/lib/contracts/run';
import type { UserAgent } from '../../../src/lib/dialogue/agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import { defaultConfig } from '../../../src/lib/dialogue/start';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import type { RunMessage } from '../../../src/lib/state/runs-channel';
import { Runs, type PreparedRun, type RunsDeps } from '../../../src/lib/state/runs.svelte';
import type { LabStore } from '../../../src/lib/store';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

export const catalogue = createCatalogue(tinyPack);
export const profiles = ['a', 'b', 'c', 'd'].map((id) => ({ ...tinyProfile, id }));
const agent = rankerRecommender('popularity', createPopularityRanker(catalogue), catalogue);

export function prepared(user: UserAgent = neverAcceptUser()): PreparedRun {
  const seats = { user, recommender: { referenceDependent: false as const, agent } };
  return { seats, catalogue, profiles, slots: 1 };
}

export function aQueued(part: Partial<QueuedRun> = {}): QueuedRun {
  return {
    id: 'queued-1',
    domain: 'tiny',
    seed: 1,
    config: { ...defaultConfig, maxTurns: 4 },
    seats: { user: 'never-accept', recommender: 'popularity' },
    models: { user: null, recommender: null },
    engine: 'auto',
    profileIds: ['a', 'b', 'c'],
    status: 'waiting',
    runId: null,
    done: 0,
    failed: 0,
    error: null,
    createdAt: 1,
    ...part,
  };
}

/** Runs as a tab has them, over a store. */
export function runsOn(store: LabStore, rest: Partial<RunsDeps> = {}) {
  const posted: RunMessage[] = [];
  // Every look at the clock finds it a second later, so that every event is told.
  let elapsed = 0;
  const runs = new Runs({
    store: () => store,
    prepare: () => Promise.resolve(prepared()),
    channel: { post: (message) => void posted.push(message), listen: () => undefined },
    clock: () => 5000,
    elapsed: () => (elapsed += 1000),
    ...rest,
  });
  return { runs, posted };
}

export async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 3000 && !holds(); i++) await new Promise((done) => setTimeout(done, 1));
  if (!holds()) throw new Error('It did not come to be.');
}
