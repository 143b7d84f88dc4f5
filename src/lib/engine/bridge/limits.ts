import { LabError } from '../../contracts/errors';

/** How long a silent worker is waited for, in milliseconds. Generous: a software GPU reads a long prompt in minutes. */
export interface Limits {
  /** Without progress while loading. */
  load: number;
  /** Without a token while answering. */
  token: number;
  /** After an abort, until the worker is ready again. */
  abort: number;
}

export const defaultLimits: Limits = { load: 300_000, token: 600_000, abort: 60_000 };

/** The error of a wait that has reached its limit. */
export function timedOut(doing: string, limit: number): LabError {
  return new LabError(
    'engine-timeout',
    `The engine has been silent for ${Math.round(limit / 1000)} seconds while ${doing}, so it was stopped. Load the model again, or choose the other engine.`,
  );
}

export interface Watchdog {
  /** A sign of life. */
  touch(): void;
  stop(): void;
  /** Rejects when the limit passes without a sign of life. */
  expired: Promise<never>;
}

/** Watches one wait. */
export function watch(doing: string, limit: number): Watchdog {
  let timer: ReturnType<typeof setTimeout>;
  let fail: (reason: LabError) => void = () => undefined;
  const expired = new Promise<never>((_, reject) => (fail = reject));
  // Whoever races against it sees the rejection; nobody does once the wait is over.
  expired.catch(() => undefined);
  const touch = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => fail(timedOut(doing, limit)), limit);
  };
  touch();
  return { touch, stop: () => clearTimeout(timer), expired };
}
