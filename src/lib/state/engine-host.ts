import type { Role } from '../contracts/action';
import type { ChatEngine, CompletionRequest, LoadProgress, ModelRef } from '../contracts/engine';
import { isAbort, LabError, toErrorData, type Result } from '../contracts/errors';

export type HostedKind = 'webgpu' | 'wasm';
/** Threads of the WebAssembly engine; as many as help unless told. */
export interface HostedOptions {
  threads?: number;
}
export type HostMethod = 'load' | 'complete' | 'abort' | 'reset' | 'info' | 'unload';

/**
 * The page's engines for whoever drives the browser from outside. Arguments and results are plain data:
 * `load(kind, model, options?)`, `complete(request, id)`, `abort(id)`, `reset()`, `info()`, `unload()`; what fails
 * comes back as an error, never as a rejection.
 */
export interface EngineHost {
  call(seat: Role, method: HostMethod, args: readonly unknown[]): Promise<Result<unknown>>;
}

interface Seat {
  engine: ChatEngine | null;
  running: Map<string, AbortController>;
}

export interface HostDeps {
  create: (kind: HostedKind, options: HostedOptions) => ChatEngine;
  /** Addresses of models are relative to this one. */
  root: string;
  onProgress: (seat: Role, progress: LoadProgress) => void;
}

export function createEngineHost(deps: HostDeps): EngineHost {
  const seats: Record<Role, Seat> = { user: emptySeat(), recommender: emptySeat() };
  return {
    async call(role, method, args) {
      try {
        return { ok: true, value: (await dispatch(seats[role], role, method, args, deps)) ?? null };
      } catch (reason) {
        const fallback = isAbort(reason) ? 'The call was called off.' : undefined;
        return { ok: false, error: toErrorData(reason, 'engine-failed', fallback) };
      }
    },
  };
}

const emptySeat = (): Seat => ({ engine: null, running: new Map() });

async function dispatch(
  seat: Seat,
  role: Role,
  method: HostMethod,
  args: readonly unknown[],
  deps: HostDeps,
): Promise<unknown> {
  switch (method) {
    case 'load': {
      const [kind, model, options] = args as [HostedKind, ModelRef, HostedOptions?];
      if (kind !== 'webgpu' && kind !== 'wasm') {
        throw new LabError('bad-input', `A page has no engine "${String(kind)}".`);
      }
      await seat.engine?.unload();
      seat.engine = deps.create(kind, options ?? {});
      const location = new URL(model.location, deps.root).href;
      return seat.engine.load({ ...model, location }, (progress) => {
        deps.onProgress(role, progress);
      });
    }
    case 'complete': {
      const [request, id] = args as [CompletionRequest, string];
      const controller = new AbortController();
      seat.running.set(id, controller);
      try {
        return await loaded(seat).complete({ ...request, signal: controller.signal });
      } finally {
        seat.running.delete(id);
      }
    }
    case 'abort':
      return seat.running.get(args[0] as string)?.abort();
    case 'reset':
      return loaded(seat).reset();
    case 'info':
      return seat.engine?.info();
    case 'unload': {
      const { engine } = seat;
      seat.engine = null;
      return engine?.unload();
    }
    default:
      throw new LabError('bad-input', `The engine host has no method "${String(method)}".`);
  }
}

function loaded(seat: Seat): ChatEngine {
  if (seat.engine) return seat.engine;
  throw new LabError('engine-failed', 'No model is loaded in this seat. Load one, then ask again.');
}
