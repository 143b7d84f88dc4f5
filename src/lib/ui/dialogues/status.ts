import type { OutcomeStatus } from '../../contracts/dialogue';
import { say } from '../messages';

/** A dialogue's outcome, or that it has none yet. */
export type DialogueStatusView = OutcomeStatus | 'running';

export function statusText(status: DialogueStatusView): string {
  return status === 'running' ? say('outcome.unfinished') : say(`outcome.${status}`);
}
