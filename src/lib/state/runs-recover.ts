import type { ChatEngine } from '../contracts/engine';
import { LabError } from '../contracts/errors';

export interface Recovery {
  /** Loads the model anew. Errors: those of `ChatEngine.load`. */
  reload: () => Promise<ChatEngine>;
  /** It was loaded anew, and the turn in flight is asked for again. */
  onRecovered: () => Promise<void>;
  /** It cannot be had again: no dialogue of the run can go on. */
  onLost: (error: LabError) => void;
}

/** So often in a row a turn is asked for again: what kills the engine each time will do so the next time. */
const mostReloads = 2;

/**
 * An engine that outlives its worker: when the GPU or the worker is lost it is loaded again and the turn in flight
 * asked for anew, from all the turns before it. What fails while the worker lives is passed on.
 */
export function recoveringEngine(first: ChatEngine, recovery: Recovery): ChatEngine {
  let engine = first;
  async function withReloads<T>(
    call: (engine: ChatEngine) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    for (let reloads = 0; ; reloads += 1) {
      try {
        return await call(engine);
      } catch (reason) {
        const isLost = reason instanceof LabError && engine.info() === null;
        if (!isLost || signal?.aborted) throw reason;
        if (reloads === mostReloads) return lose(reason);
        try {
          engine = await recovery.reload();
        } catch (failure) {
          if (failure instanceof LabError && !signal?.aborted) return lose(failure);
          throw failure;
        }
        await recovery.onRecovered();
      }
    }
  }
  function lose(error: LabError): never {
    recovery.onLost(error);
    throw error;
  }
  return {
    load: (...args) => engine.load(...args),
    complete: (request, onToken) =>
      withReloads((current) => current.complete(request, onToken), request.signal),
    reset: () => withReloads((current) => current.reset()),
    info: () => engine.info(),
    unload: () => engine.unload(),
  };
}
