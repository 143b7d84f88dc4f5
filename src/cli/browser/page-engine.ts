import type {
  ChatEngine,
  Completion,
  CompletionRequest,
  EngineInfo,
  EngineKind,
  ModelRef,
} from '../../lib/contracts/engine';
import type { Role } from '../../lib/contracts/action';
import { LabError } from '../../lib/contracts/errors';
import type { EngineHost, HostedOptions, HostMethod } from '../../lib/state/engine-host';
import type { LabPage } from './lab-page';

/**
 * An engine that runs in the page of a headless browser, asked from Node. Each seat has a worker of its own there.
 * Errors are those of `ChatEngine`, and `engine-failed` when the page dies.
 */
export function createPageEngine(
  lab: Pick<LabPage, 'page' | 'died' | 'progress'>,
  seat: Role,
  kind: EngineKind,
  options: HostedOptions = {},
): ChatEngine {
  let info: EngineInfo | null = null;
  let requests = 0;

  const call = async <T>(method: HostMethod, ...args: readonly unknown[]): Promise<T> => {
    const answer = lab.page.evaluate(
      ([who, name, values]) => {
        const { interplayEngine } = globalThis as unknown as { interplayEngine: EngineHost };
        return interplayEngine.call(who, name, values);
      },
      [seat, method, args] as const,
    );
    // When the page dies first, its rejected call has nobody left to tell.
    answer.catch(() => undefined);
    const result = await Promise.race([answer, lab.died]);
    if (!result.ok) throw LabError.fromData(result.error);
    return result.value as T;
  };

  return {
    async load(model: ModelRef, onProgress, signal) {
      signal?.throwIfAborted();
      if (onProgress) lab.progress.set(seat, onProgress);
      try {
        const loading = call<EngineInfo>('load', kind, model, options);
        info = await abortable(loading, signal, () => call('unload'));
        return info;
      } finally {
        lab.progress.delete(seat);
      }
    },
    async complete({ signal, ...request }: CompletionRequest) {
      signal?.throwIfAborted();
      const id = `request-${String((requests += 1))}`;
      return abortable(call<Completion>('complete', request, id), signal, () => call('abort', id));
    },
    reset: () => call('reset'),
    info: () => info,
    async unload() {
      info = null;
      await call('unload');
    },
  };
}

/** The answer, unless the signal comes first: then the work is called off and the signal's reason thrown. */
async function abortable<T>(
  answer: Promise<T>,
  signal: AbortSignal | undefined,
  callOff: () => Promise<unknown>,
): Promise<T> {
  if (signal === undefined) return answer;
  let abort: (reason: Error) => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = reject;
  });
  const onAbort = () => {
    // The answer settles on its own; if even calling off fails, the page is going away anyway.
    answer.catch(() => undefined);
    callOff().catch(() => undefined);
    abort(signal.reason as Error);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
