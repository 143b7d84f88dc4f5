import { exitCodes } from './exit';

/** Aborts at the first Ctrl-C; the second one ends the command at once. */
export function interruptSignal(say: (line: string) => void): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    say('\nStopping; finished dialogues are kept. Ctrl-C again ends at once.');
    controller.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return controller.signal;
}
