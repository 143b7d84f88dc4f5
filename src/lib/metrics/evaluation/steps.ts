export interface EvaluationProgress {
  done: number;
  total: number;
  /** What is computed now, for people. */
  what: string;
}

/** To be awaited before each step of an evaluation. */
export interface Step {
  (what: string): Promise<void>;
  /** Tells what part of a long step is computed. */
  within(what: string): void;
  /** Lets other work in where that is due, and heeds an abort. */
  rest(): Promise<void>;
}

/** How long other work may have to wait, in milliseconds: two frames. */
const longestHold = 32;

/** Tells progress and heeds an abort; every so often it lets messages in, without which no abort arrives. */
export function stepper(
  total: number,
  onProgress: ((progress: EvaluationProgress) => void) | undefined,
  signal: AbortSignal | undefined,
): Step {
  let done = 0;
  let held = Date.now();
  const rest = async (): Promise<void> => {
    if (Date.now() - held > longestHold) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      held = Date.now();
    }
    signal?.throwIfAborted();
  };
  const step = (what: string): Promise<void> => {
    onProgress?.({ done, total, what });
    done += 1;
    return rest();
  };
  // The step has been counted as it began.
  const within = (what: string): void => onProgress?.({ done: done - 1, total, what });
  return Object.assign(step, { within, rest });
}
