import type { Dialogue } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import { forkDialogue } from '../dialogue/fork';
import { holdLock } from '../store/index';
import { recommenderSeats, userSeats, type RecommenderSeatName, type UserSeat } from './choices';
import type { Domain } from './domain';
import type { Lab } from './lab.svelte';
import { sessionLock } from './locks';
import { seatFacts, seatRecords, takeSeats } from './seats';
import type { TalkPlan } from './talk.svelte';

/** How a fork shall go on. */
export interface ForkChoice {
  /** Index of its first turn of its own. */
  turn: number;
  seed: number;
  user: UserSeat;
  recommender: RecommenderSeatName;
  /** That turn in the visitor's words; `null`: it is spoken anew. */
  raw: string | null;
}

/**
 * Forks a dialogue and holds the fork to its end, as the conversation of the first page. What fails is shown there.
 * Gives nothing to wait for but its end.
 */
export function holdFork(
  lab: Lab,
  domain: Domain,
  parent: Dialogue,
  choice: ForkChoice,
): Promise<void> {
  return lab.attempt(() =>
    holdLock(sessionLock, () =>
      lab.talk.hold((signal) => planFork(lab, domain, parent, choice, signal), false),
    ),
  );
}

/** Who can go on with a dialogue that others began. */
export const forkRecommenders = recommenderSeats.filter((seat) => seat !== 'counterpart');

/** The seats that a fork begins with: those of the dialogue where this page has them, else models. */
export function seatsToForkWith({ models }: Pick<Dialogue, 'models'>): {
  user: UserSeat;
  recommender: RecommenderSeatName;
} {
  return {
    user: userSeats.find((seat) => seat === models.user.id) ?? 'model',
    recommender: recommenderSeats.find((seat) => seat === models.recommender.id) ?? 'model',
  };
}

async function planFork(
  lab: Lab,
  domain: Domain,
  parent: Dialogue,
  choice: ForkChoice,
  signal: AbortSignal,
): Promise<TalkPlan> {
  const { turn, seed, raw } = choice;
  const seats = await takeSeats(choice, domain, seed, async (role) => {
    if (role === 'both') {
      throw new LabError(
        'bad-config',
        'The counterpart cannot go on with a dialogue that others began. Choose another recommender.',
      );
    }
    const { engine } = lab;
    const model = lab.seatModels[role];
    if (!engine?.possible) {
      throw new LabError('engine-unavailable', engine?.reason ?? 'No engine was found yet.');
    }
    if (!model) {
      throw new LabError('model-missing', 'This site has no model for that seat.', role);
    }
    // The second one finds the first one's files in the browser's cache.
    if (role === 'recommender') await lab.seats.user.fetched;
    signal.throwIfAborted();
    const { id, location } = model;
    return lab.seats[role].ready(engine.kind, { id, location }, signal);
  });
  const { referenceDependent } = seatFacts(seats);
  const wish = { turn, seed, raw, models: seatRecords(seats), referenceDependent };
  const now = Date.now();
  let take = 0;
  const next = () => forkDialogue(parent, { ...wish, take }, domain.catalogue, now);
  while (await lab.archive.get(next().id)) take += 1;
  const dialogue = next();
  const keeper = lab.archive.keeper(false);
  return {
    dialogue,
    seats,
    catalogue: domain.catalogue,
    keeper: {
      ...keeper,
      // With the turns that it takes over: a fork is whole from its first moment.
      begin: async (begun) => {
        await lab.archive.store.importDialogues([begun]);
        await lab.archive.refresh();
      },
    },
  };
}
