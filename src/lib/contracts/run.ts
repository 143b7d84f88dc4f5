import type { DialogueConfig, SeatRecord } from './dialogue';
import type { Role } from './action';

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
