import type { ErrorData } from '../../contracts/errors';

/** A run of a plan. */
export interface PlanRowView {
  id: string;
  system: string;
  setting: string;
  user: string;
  recommender: string;
  seed: number;
  dialogues: number;
  /** How long it will take, or that it is not known. */
  time: string;
}

/** An experiment whose runs stand in the queue. */
export interface QueuedExperimentView {
  id: string;
  title: string;
  done: number;
  failed: number;
  total: number;
  /** The system that talks now. */
  now: string | null;
  status: 'waiting' | 'running' | 'done';
  problems: readonly { system: string; error: ErrorData }[];
  /** The run to go on with; `null`: all are over. */
  first: string | null;
  /** Address of the evaluation of its runs; `null` before there are any. */
  evaluate: string | null;
}
