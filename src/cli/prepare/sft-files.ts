import type { Role } from '../../lib/contracts/action';
import type { Dialogue, Turn } from '../../lib/contracts/dialogue';
import { LabError } from '../../lib/contracts/errors';
import type { Catalogue } from '../../lib/domain/catalogue';
import { hashText } from '../../lib/domain/random';
import { isExemplary, sftExamples, sftRefusal, type Learning } from '../../lib/report/sft';
import { Tally } from './report';

export const seatChoices = ['both', 'user', 'recommender'] as const;

export interface SftOptions {
  catalogue: Catalogue;
  seats: (typeof seatChoices)[number];
  /** Share of the profiles that goes into validation, 0 to 1. */
  validation: number;
  withViolations: boolean;
  /** Learn what was decided, not how it was put: a model's own words teach it nothing but to repeat itself. */
  onlyActions: boolean;
}

export interface SftReport {
  dialogues: number;
  /** Dialogues of profiles that are kept for measuring. */
  heldOutProfiles: number;
  /** Left out, by reason. */
  dropped: Tally;
  /** By file. */
  examples: Tally;
}

/** By a hash of the profile: all dialogues of one profile fall on one side, in every export. */
function splitOf(profileId: string, validation: number): 'train' | 'validation' {
  const place = parseInt(hashText(`sft:${profileId}`).slice(0, 8), 16) / 2 ** 32;
  return place < validation ? 'validation' : 'train';
}

/**
 * The files of an export by name, `train.user.jsonl` and the like, and what became of every dialogue.
 * Errors: `bad-input` when nothing is left to learn from.
 */
export function exportSft(
  dialogues: readonly Dialogue[],
  { catalogue, seats, validation, withViolations, onlyActions }: SftOptions,
): { files: ReadonlyMap<string, string>; report: SftReport } {
  const roles: readonly Role[] = seats === 'both' ? ['user', 'recommender'] : [seats];
  const report: SftReport = {
    dialogues: dialogues.length,
    heldOutProfiles: 0,
    dropped: new Tally(),
    examples: new Tally(),
  };
  const learns = (turn: Turn): Learning => {
    if (!withViolations && !isExemplary(turn)) return false;
    return onlyActions ? 'action-line' : true;
  };
  const files = new Map<string, string>();
  for (const dialogue of dialogues) {
    const refusal = sftRefusal(dialogue, catalogue);
    if (refusal !== null) {
      report.dropped.add(refusal);
      continue;
    }
    const { split } = dialogue.profile.source;
    if (split === 'shown' || split === 'test') report.heldOutProfiles += 1;
    for (const role of roles) {
      const examples = sftExamples(dialogue, role, catalogue, learns);
      if (examples.length === 0) {
        report.dropped.add(`nothing to learn for the ${role}`);
        continue;
      }
      const name = `${splitOf(dialogue.profileId, validation)}.${role}.jsonl`;
      for (const example of examples) {
        report.examples.add(name);
        files.set(name, `${files.get(name) ?? ''}${JSON.stringify(example)}\n`);
      }
    }
  }
  if (files.size === 0) {
    throw new LabError(
      'bad-input',
      'No dialogue of the file can be learned from. See why with the counts below, and choose another file or catalogue.',
      JSON.stringify(report.dropped),
    );
  }
  return { files, report };
}
