import type { Dialogue } from '../../contracts/dialogue';
import type { MetricResult } from '../metric';

/** With fewer dialogues an interval of a share spans half of what there is. */
const fewDialogues = 30;
/** An interval of a share that is wider tells good from bad at best. */
const wideInterval = 0.25;
const fewTurns = 200;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

/** What a system's numbers cannot say, in sentences. */
export function warningsOf(
  dialogues: readonly Dialogue[],
  results: readonly MetricResult[],
): string[] {
  const warnings: string[] = [];
  if (dialogues.length < fewDialogues) {
    warnings.push(
      `${dialogues.length} dialogues say little: with fewer than ${fewDialogues} an interval of a share can span half of ` +
        'all that is possible. Hold more.',
    );
  }
  const success = results.find(({ id }) => id === 'verified-success');
  if (success?.interval && success.interval[1] - success.interval[0] > wideInterval) {
    const [low, high] = success.interval;
    warnings.push(
      `Verified success lies anywhere from ${percent(low)} to ${percent(high)}: do not compare it closely.`,
    );
  }
  if (!dialogues.some(({ targets }) => targets.length > 0)) {
    warnings.push('No dialogue has a hidden target: recall and leakage are unknown.');
  }
  const versions = new Set(dialogues.map(({ promptVersion }) => promptVersion));
  if (versions.size > 1) warnings.push('Its dialogues were held under several prompt versions.');
  const resumed = dialogues.filter((dialogue) => dialogue.resumed).length;
  if (resumed > 0) {
    warnings.push(`${resumed} dialogues were continued after a reload and may not repeat exactly.`);
  }
  const steered = dialogues.filter(({ edits }) => edits !== undefined).length;
  if (steered > 0) {
    warnings.push(
      `${steered} dialogues were steered: each turn is judged by the wishes and targets that were in force then.`,
    );
  }
  const failed = dialogues.filter(({ outcome }) => outcome?.status === 'failed').length;
  if (failed > 0) warnings.push(`${failed} dialogues failed and are left out of outcomes.`);
  const leaks = results.find(({ id }) => id === 'prompt-leak');
  if (leaks && leaks.value === null) {
    warnings.push('Its prompts were not kept (simulate with --trace): prompt leaks are unknown.');
  }
  return warnings;
}

/** What the comparison as a whole cannot say. */
export function sharedWarnings(
  systems: readonly { name: string; dialogues: readonly Dialogue[] }[],
  equalTurns: Readonly<Record<'user' | 'recommender', number>> | null,
): string[] {
  const warnings: string[] = [];
  const versions = new Set(
    systems.flatMap(({ dialogues }) => dialogues.map(({ promptVersion }) => promptVersion)),
  );
  if (versions.size > 1) {
    warnings.push(
      `The systems were prompted differently (prompt versions ${[...versions].join(', ')}): their difference is not the ` +
        "models' alone.",
    );
  }
  const least = equalTurns === null ? null : Math.min(equalTurns.user, equalTurns.recommender);
  if (least !== null && least < fewTurns) {
    warnings.push(
      `Diversity is compared on ${least} turns a role, the fewest that a side has: that is too few to trust.`,
    );
  }
  return warnings;
}
