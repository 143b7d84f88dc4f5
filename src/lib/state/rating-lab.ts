import type { Dialogue } from '../contracts/dialogue';
import type { ChatEngine } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import type { Catalogue } from '../domain/catalogue';
import {
  judgeDialogues,
  ratingResults,
  type Judged,
  type MergedRatings,
  type RatingResults,
} from '../metrics';
import { defaultTheta } from '../profile/fit';
import { openRatings } from '../store/index';
import { loadDomain } from './domain';
import type { Lab } from './lab.svelte';
import { encoderAddress, evaluateInWorker } from './metrics-host';
import { Ratings } from './rating.svelte';
import { ratedDialogues, shippedDialogues, sourceDialogues } from './rating-dialogues';

const judgeSeed = 1;
/** Bootstrap draws and permutations of the page's results. */
const statistics = { seed: 1, resamples: 1000, permutations: 4999 };

/** The rating room over the page's store, catalogues and engines. */
export function createRatings(lab: Lab): Ratings {
  return new Ratings({
    open: () => openRatings(),
    dialoguesOf: (runIds) => sourceDialogues(lab.archive.store, runIds),
    rated: (plan) =>
      lab.archive.isOpen ? ratedDialogues(lab.archive.store, plan) : Promise.resolve([]),
    shipped: () => shippedDialogues(lab.root),
    results: (merged, dialogues, judged) => resultsOf(lab, merged, dialogues, judged),
    keep: async (dialogues) => {
      await lab.archive.store.importDialogues(dialogues);
      await lab.archive.refresh();
    },
    judge: async (dialogues, onProgress, signal) =>
      judgeDialogues(await judgeEngine(lab, signal), dialogues, {
        seed: judgeSeed,
        onProgress,
        signal,
      }),
    now: () => Date.now(),
    clock: () => performance.now(),
    newId: () => crypto.randomUUID(),
  });
}

/** In the metrics' worker, with the encoder that ships; without dialogues there is nothing to do there. */
async function resultsOf(
  lab: Lab,
  merged: MergedRatings,
  dialogues: readonly Dialogue[],
  judged: Judged | null,
): Promise<RatingResults> {
  const [first] = dialogues;
  const catalogue = first ? await catalogueOf(lab, first.domain) : null;
  if (catalogue === null) {
    const input = { merged, dialogues, catalogue, metrics: [], theta: defaultTheta };
    return ratingResults(input, statistics);
  }
  const { ratings } = await evaluateInWorker(
    { catalogue, dialogues, ratings: merged, ...(judged ? { judged } : {}) },
    { ...statistics, encoder: encoderAddress(lab.root) },
  );
  if (ratings) return ratings;
  throw new LabError('internal', 'The ratings were not evaluated. Reload the page and try again.');
}

/** `null` where the page has none of that domain. */
async function catalogueOf(lab: Lab, domain: string): Promise<Catalogue | null> {
  if (lab.domain?.id === domain) return lab.domain.catalogue;
  const entry = lab.domains.find(({ id }) => id === domain);
  return entry ? (await loadDomain(lab.root, entry)).catalogue : null;
}

/** The user seat's engine: the model that is loaded already, or the one that seat would take. */
async function judgeEngine(lab: Lab, signal: AbortSignal): Promise<ChatEngine> {
  if (lab.talk.busy) {
    throw new LabError(
      'engine-unavailable',
      'The model is holding a dialogue. Stop it on the page Talk, then let it judge.',
    );
  }
  const { engine, seatModels, models } = lab;
  // Whoever plays a part should not judge the play, if there is another.
  const model = models.find(({ role }) => !role) ?? seatModels.user;
  if (!engine?.possible || !model) {
    throw new LabError('engine-unavailable', engine?.reason ?? 'There is no model here to judge.');
  }
  const { id, location } = model;
  return lab.seats.user.ready(engine.kind, { id, location }, signal);
}
