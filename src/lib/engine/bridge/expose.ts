import type { ChatEngine } from '../../contracts/engine';
import { isAbort, LabError, toErrorData } from '../../contracts/errors';
import type { EngineWorkerApi, Outcome, WorkerEngineOptions } from './protocol';

async function outcomeOf<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (reason) {
    if (isAbort(reason)) return { ok: false, aborted: true };
    return { ok: false, error: toErrorData(reason, 'engine-failed') };
  }
}

/** An engine as a worker exposes it: errors as data, one abort controller a call. */
export function engineApi(create: (options: WorkerEngineOptions) => ChatEngine): EngineWorkerApi {
  let engine: ChatEngine | null = null;
  const loaded = (): ChatEngine => {
    if (engine) return engine;
    throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
  };
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
    load: (call, model, options, onProgress) =>
      abortable(call, (signal) => (engine = create(options)).load(model, onProgress, signal)),
    complete: (call, request, onToken) =>
      abortable(call, (signal) => loaded().complete({ ...request, signal }, onToken)),
    reset: () => outcomeOf(async () => (await loaded().reset(), null)),
    abort: (call) => running.get(call)?.abort(),
  };
}
