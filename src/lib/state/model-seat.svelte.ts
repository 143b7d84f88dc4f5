import type { Role } from '../contracts/action';
import type { ChatEngine, EngineInfo, LoadProgress, ModelRef } from '../contracts/engine';
import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import { prebuiltScheme } from '../engine/webgpu/prebuilt-list';

export type BrowserKind = 'webgpu' | 'wasm';

/** A role's own engine: loads on demand, in its own worker, and is kept for the next dialogue. */
export class ModelSeat {
  status = $state<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  progress = $state.raw<LoadProgress | null>(null);
  info = $state.raw<EngineInfo | null>(null);
  error = $state.raw<ErrorData | null>(null);
  readonly #create: (kind: BrowserKind) => ChatEngine;
  /** Settles when its files are here, or will never be. */
  fetched: Promise<void> = Promise.resolve();
  #engine: ChatEngine | null = null;
  #loaded = '';

  constructor(
    readonly role: Role,
    create: (kind: BrowserKind) => ChatEngine,
  ) {
    this.#create = create;
  }

  /** The engine with the model loaded. Errors: those of `ChatEngine.load`; aborting rejects. */
  async ready(kind: BrowserKind, model: ModelRef, signal: AbortSignal): Promise<ChatEngine> {
    if (kind !== 'webgpu' && model.location.startsWith(prebuiltScheme)) {
      throw new LabError(
        'engine-unavailable',
        'web-llm’s prebuilt models run on WebGPU only. Choose the engine WebGPU, or a model of this site.',
      );
    }
    const wanted = `${kind} ${model.location}`;
    // `info` is null when its worker was lost: then it is loaded anew.
    if (this.#engine?.info() && this.#loaded === wanted) return this.#engine;
    let filesAreHere: () => void = () => undefined;
    this.fetched = new Promise((resolve) => {
      filesAreHere = resolve;
    });
    await this.unload();
    const engine = this.#create(kind);
    this.#engine = engine;
    this.status = 'loading';
    try {
      const info = await engine.load(
        model,
        (progress) => {
          this.progress = progress;
          if (progress.phase === 'prepare' || progress.phase === 'ready') filesAreHere();
        },
        signal,
      );
      this.info = info;
      this.#loaded = wanted;
      this.status = 'ready';
      return engine;
    } catch (reason) {
      // A later load may have taken this one's place.
      if (this.#engine === engine) {
        this.status = isAbort(reason) ? 'idle' : 'failed';
        this.error = isAbort(reason) ? null : toErrorData(reason, 'engine-failed');
      }
      throw reason;
    } finally {
      filesAreHere();
    }
  }

  async unload(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#loaded = '';
    this.info = null;
    this.progress = null;
    this.error = null;
    this.status = 'idle';
    await engine?.unload();
  }
}
