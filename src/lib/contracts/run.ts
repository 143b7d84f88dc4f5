import type { DialogueConfig, SeatRecord } from './dialogue';
import type { Role } from './action';
import type { ErrorData } from './errors';

export type RunStatus = 'running' | 'paused' | 'done' | 'stopped' | 'failed';

/** Many profiles under one setting. */
export interface Run {
  schemaVersion: 1;
  id: string;
  domain: string;
  seed: number;
  config: DialogueConfig;
  models: Record<Role, SeatRecord>;
  promptVersion: string;
  profileIds: readonly string[];
  status: RunStatus;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** Of which experiment a run is a part: the same `id` for all that were queued at once. */
export interface RunOfExperiment {
  id: string;
  /** The experiment's own, for people. */
  title: string;
  system: string;
  /** `null` where the experiment has one setting only. */
  setting: string | null;
}

/** A run as it was asked for: what is needed to begin it, and to go on with it after a reload. */
export interface QueuedRun {
  id: string;
  domain: string;
  seed: number;
  config: DialogueConfig;
  /** Who sits where: `model`, or the name of a script or a ranker. */
  seats: Record<Role, string>;
  /** Ids of the models; `null` where none is asked. */
  models: Record<Role, string | null>;
  engine: 'auto' | 'webgpu' | 'wasm';
  /** In order; a profile that stands here twice is used twice, with other seeds. */
  profileIds: readonly string[];
  /** Absent for a run by itself. */
  experiment?: RunOfExperiment;
  status: 'waiting' | RunStatus;
  /** The stored run, once its models were loaded. */
  runId: string | null;
  /** Of its dialogues, how many are over, and how many of these failed: as of its last change of status. */
  done: number;
  failed: number;
  /** Why it failed. */
  error: ErrorData | null;
  /** Milliseconds since 1970; the queue's order. */
  createdAt: number;
}
