import type { Role } from '../contracts/action';

export type RunPhase = 'loading' | 'running' | 'pausing' | 'paused' | 'stopping';

/** A run as whoever watches it sees it; plain data, it goes from tab to tab. */
export interface RunSnapshot {
  queuedId: string;
  phase: RunPhase;
  done: number;
  failed: number;
  total: number;
  perHour: number | null;
  secondsLeft: number | null;
  /** The dialogue that was spoken in last. */
  talking: {
    id: string;
    summary: string;
    turns: readonly { role: Role; text: string }[];
  } | null;
}

/** What tabs tell each other of runs. */
export type RunMessage =
  | { kind: 'progress'; snapshot: RunSnapshot }
  /** The queue was changed, or the run is over: read the store. */
  | { kind: 'changed' }
  /** A tab has come and wants to know. */
  | { kind: 'ask' };

export interface RunChannel {
  post(message: RunMessage): void;
  listen(heard: (message: RunMessage) => void): void;
}

/** The channel of this site's tabs; silent where there is none. */
export function openRunChannel(): RunChannel {
  if (typeof BroadcastChannel === 'undefined') {
    return { post: () => undefined, listen: () => undefined };
  }
  const channel = new BroadcastChannel('interplay-lab:runs');
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    listen: (heard) => {
      channel.addEventListener('message', (event: MessageEvent<RunMessage>) => {
        heard(event.data);
      });
    },
  };
}
