import type { ChatEngine } from '../../contracts/engine';
import { isAbort, toErrorData } from '../../contracts/errors';
import type { EngineWorkerApi, Outcome } from './protocol';

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (reason) {
    if (isAbort(reason)) return { ok: false, aborted: true };
    return { ok: false, error: toErrorData(reason, 'engine-failed') };
  }
}

/** An engine as a worker exposes it: errors as data, one abort controller a call. */
export function engineApi(engine: ChatEngine): EngineWorkerApi {
  const running = new Map<number, AbortController>();
  const abortable = async <T>(
    call: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Outcome<T>> => {
    const controller = new AbortController();
    running.set(call, controller);
    const outcome = await outcomeOf(() => work(controller.signal));
    running.delete(call);
    return outcome;
  };
  return {
    load: (call, model, onProgress) =>
      abortable(call, (signal) => engine.load(model, onProgress, signal)),
    complete: (call, request, onToken) =>
      abortable(call, (signal) => engine.complete({ ...request, signal }, onToken)),
    reset: () => outcomeOf(async () => (await engine.reset(), null)),
    abort: (call) => running.get(call)?.abort(),
  };
}
