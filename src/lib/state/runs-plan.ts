import { LabError } from '../contracts/errors';
import type { QueuedRun } from '../contracts/run';
import { createRandom, shuffled } from '../domain/random';
import { configOf, type Choices, type RecommenderSeatName } from './choices';

/** What can be chosen for runs: every combination of recommender, K and temperature becomes a run. */
export interface RunWish {
  /** How many profiles; more than there are is all. */
  profiles: number;
  /** The first ones, or a draw that the seed decides. */
  order: 'first' | 'drawn';
  /** How often each profile is used, with another seed each time. */
  seedsPerProfile: number;
  recommenders: readonly RecommenderSeatName[];
  /** K; 0 offers the whole catalogue. */
  candidates: readonly number[];
  temperatures: readonly number[];
}

/** More in one run would fill a browser's storage before anyone looks at it. */
export const mostDialogues = 100_000;
const mostRuns = 64;

/** The profiles that a wish names, as a run uses them: round after round, so that a run cut short has them all. */
export function profilesOfWish(
  { profiles, order, seedsPerProfile }: Pick<RunWish, 'profiles' | 'order' | 'seedsPerProfile'>,
  available: readonly string[],
  seed: number,
): string[] {
  const ordered = order === 'drawn' ? shuffled(available, createRandom(seed)) : available;
  const chosen = ordered.slice(0, profiles);
  return Array.from({ length: seedsPerProfile }, () => chosen).flat();
}

/** How many runs and dialogues a wish comes to. */
export function sizeOfWish(
  wish: RunWish,
  available: number,
): { runs: number; dialogues: number; each: number } {
  const runs = wish.recommenders.length * wish.candidates.length * wish.temperatures.length;
  const each = Math.min(wish.profiles, available) * wish.seedsPerProfile;
  return { runs, each, dialogues: runs * each };
}

/**
 * The runs of a wish, one a combination, in order.
 *
 * Errors: `bad-config` when it names none, or more than can be kept.
 */
export function runsOfWish(
  wish: RunWish,
  choices: Choices & { domain: string },
  available: readonly string[],
  now: number,
  newId: () => string,
): QueuedRun[] {
  const { runs, dialogues } = sizeOfWish(wish, available.length);
  if (dialogues === 0) {
    throw new LabError(
      'bad-config',
      'This names no dialogue. Choose at least one profile, one recommender, one K and one temperature.',
    );
  }
  if (runs > mostRuns || dialogues > mostDialogues) {
    throw new LabError(
      'bad-config',
      `This comes to ${String(runs)} runs with ${String(dialogues)} dialogues; at most ${String(mostRuns)} runs ` +
        `with ${String(mostDialogues)} dialogues can be queued at once. Choose fewer.`,
    );
  }
  const profileIds = profilesOfWish(wish, available, choices.seed);
  return wish.recommenders
    .flatMap((recommender) =>
      wish.candidates.flatMap((candidates) =>
        wish.temperatures.map((temperature) => ({ recommender, candidates, temperature })),
      ),
    )
    .map(({ recommender, candidates, temperature }, i) => {
      const config = configOf({ ...choices, recommender, candidates, temperature });
      // One model in both seats, whoever the user would be.
      const joint = recommender === 'counterpart';
      return {
        id: newId(),
        domain: choices.domain,
        seed: choices.seed,
        // Prompts follow from the record; kept, they would be most of it.
        config: { ...config, trace: false },
        seats: { user: joint ? recommender : choices.user, recommender },
        models: joint
          ? { user: choices.counterpart, recommender: choices.counterpart }
          : {
              user: choices.user === 'model' ? choices.models.user : null,
              recommender: recommender === 'model' ? choices.models.recommender : null,
            },
        engine: choices.engine,
        profileIds,
        status: 'waiting',
        runId: null,
        done: 0,
        failed: 0,
        error: null,
        createdAt: now + i,
      };
    });
}

/** Numbers of a list such as "1, 10, 50": each once; `null` when one of them is none or out of range. */
export function readNumbers(text: string, least: number, most: number): number[] | null {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = words.map(Number);
  const fit = numbers.every((n) => Number.isFinite(n) && n >= least && n <= most);
  return fit && numbers.length > 0 ? [...new Set(numbers)] : null;
}
