import type { Dialogue } from '../../lib/contracts/dialogue';
import { LabError } from '../../lib/contracts/errors';

/** Turns of a dialogue that can be read in a minute. */
const readable = { least: 4, most: 10 };

export interface Samples {
  free: Dialogue;
  dependent: Dialogue;
}

/**
 * The two dialogues that show the difference best: of one profile that has targets, of a readable length, with few
 * violations, ended by an accept where there are such. Two runs always give the same ones.
 *
 * @param profile id of the profile to take; `null`: whichever does best
 * Errors: `bad-input` when a file holds none of its kind, or no profile has one of each.
 */
export function chooseSamples(
  free: readonly Dialogue[],
  dependent: readonly Dialogue[],
  profile: string | null,
): Samples {
  const [own, handed] = [
    usable(free, false, profile, '--free'),
    usable(dependent, true, profile, '--dependent'),
  ];
  const pairs = own.flatMap((one) =>
    handed
      .filter((other) => other.domain === one.domain && other.profileId === one.profileId)
      .map((other) => ({ free: one, dependent: other })),
  );
  const [best] = pairs
    .map((pair) => ({ pair, cost: costOf(pair.free) + costOf(pair.dependent) }))
    .sort((a, b) => a.cost - b.cost);
  if (best) return best.pair;
  throw new LabError(
    'bad-input',
    'The two files have no profile in common. Hold both runs with the same seed and profiles.',
  );
}

function usable(
  dialogues: readonly Dialogue[],
  referenceDependent: boolean,
  profile: string | null,
  flag: string,
): Dialogue[] {
  const found = dialogues.filter(
    (dialogue) =>
      dialogue.referenceDependent === referenceDependent &&
      dialogue.targets.length > 0 &&
      dialogue.turns.length > 0 &&
      (profile === null || dialogue.profileId === profile),
  );
  if (found.length > 0) return found;
  const what = referenceDependent ? 'that was handed its targets' : 'that is reference-free';
  throw new LabError(
    'bad-input',
    `The file of ${flag} holds no finished dialogue ${what} and has hidden targets${profile === null ? '' : ` of the profile "${profile}"`}.`,
  );
}

/** How far a dialogue is from one to show: lower is better. */
function costOf({ turns, outcome }: Dialogue): number {
  const { least, most } = readable;
  const length = Math.max(0, least - turns.length) + Math.max(0, turns.length - most);
  const broken = turns.reduce((sum, { violations }) => sum + violations.length, 0);
  return length + broken + (outcome?.status === 'accepted' ? 0 : 5);
}
