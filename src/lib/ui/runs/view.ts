import type { Role } from '../../contracts/action';
import type { ErrorData } from '../../contracts/errors';

export type RunStatusView =
  'waiting' | 'running' | 'interrupted' | 'paused' | 'done' | 'stopped' | 'failed';

/** A run of the queue. */
export interface RunView {
  id: string;
  /** Who talks with whom. */
  label: string;
  settings: string;
  status: RunStatusView;
  done: number;
  failed: number;
  total: number;
  error: ErrorData | null;
  /** Where its dialogues are listed; `null` before there are any. */
  dialogues: string | null;
}

/** The run that goes. */
export interface LiveRunView {
  label: string;
  phase: 'loading' | 'running' | 'pausing' | 'paused' | 'stopping';
  done: number;
  failed: number;
  total: number;
  perHour: number | null;
  secondsLeft: number | null;
  talking: {
    summary: string;
    turns: readonly { role: Role; text: string }[];
  } | null;
}
