import { proxy } from 'comlink';
import type {
  ChatEngine,
  Completion,
  CompletionRequest,
  EngineInfo,
  EngineKind,
  LoadProgress,
  ModelRef,
} from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { createQueue } from '../queue';
import { defaultLimits, watch, type Limits } from './limits';
import type { WorkerEngineOptions } from './protocol';
import { WorkerSession } from './session';

/** The page's side of an engine that runs in a worker. Every load gets a new worker, every failed load ends it. */
export class WorkerEngine implements ChatEngine {
  private session: WorkerSession | null = null;
  private known: EngineInfo | null = null;
  private readonly inTurn = createQueue();

  constructor(
    readonly kind: EngineKind,
    private readonly createWorker: () => Worker,
    private readonly options: WorkerEngineOptions = {},
    private readonly limits: Limits = defaultLimits,
  ) {}

  async load(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    await this.unload();
    signal?.throwIfAborted();
    const session = new WorkerSession(this.createWorker());
    this.session = session;
    const watchdog = watch('loading the model', this.limits.load);
    // A half loaded model is of no use: an abort ends the worker at once.
    const abort = (): void => session.end(signal?.reason);
    signal?.addEventListener('abort', abort);
    const report = proxy((progress: LoadProgress) => {
      watchdog.touch();
      // Callbacks may arrive after the answer they precede.
      if (session.alive && !this.known && progress.phase !== 'ready') onProgress?.(progress);
    });
    try {
      const loaded = session.settle(
        session.api.load(session.nextCall(), model, this.options, report),
      );
      this.known = await Promise.race([loaded, watchdog.expired]);
      onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
      return this.known;
    } catch (reason) {
      this.close(session, reason);
      throw reason;
    } finally {
      watchdog.stop();
      signal?.removeEventListener('abort', abort);
    }
  }

  complete(request: CompletionRequest, onToken?: (textSoFar: string) => void): Promise<Completion> {
    return this.inTurn(() => this.ask(request, onToken));
  }

  reset(): Promise<void> {
    return this.inTurn(async () => {
      const session = this.loaded();
      await session.settle(session.api.reset());
    });
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    if (this.session) this.close(this.session, new DOMException('Unloaded.', 'AbortError'));
  }

  private async ask(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    const { signal, ...bridged } = request;
    signal?.throwIfAborted();
    const session = this.loaded();
    const call = session.nextCall();
    const watchdog = watch('answering', this.limits.token);
    const report = proxy((text: string) => {
      watchdog.touch();
      if (session.alive && !signal?.aborted) onToken?.(text);
    });
    const answered = session.settle(session.api.complete(call, bridged, report));
    let abort: (() => void) | undefined;
    const aborted = new Promise<never>((_, reject) => {
      abort = () => reject(signal?.reason);
      signal?.addEventListener('abort', abort);
    });
    try {
      return await Promise.race([answered, aborted, watchdog.expired]);
    } catch (reason) {
      answered.catch(() => undefined);
      if (signal?.aborted) this.windDown(session, call, answered);
      else if (isFatal(reason)) this.close(session, reason);
      throw reason;
    } finally {
      watchdog.stop();
      if (abort) signal?.removeEventListener('abort', abort);
    }
  }

  /** Tells the worker to stop, and ends it if it does not get there: the caller need not wait for that. */
  private windDown(session: WorkerSession, call: number, answered: Promise<unknown>): void {
    void session.api.abort(call);
    const watchdog = watch('stopping', this.limits.abort);
    void Promise.race([answered.catch(() => undefined), watchdog.expired])
      .catch((reason: unknown) => this.close(session, reason))
      .finally(() => watchdog.stop());
  }

  private loaded(): WorkerSession {
    if (this.session && this.known) return this.session;
    throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
  }

  private close(session: WorkerSession, reason: unknown): void {
    session.end(reason);
    if (this.session !== session) return;
    this.session = null;
    this.known = null;
  }
}

/** After these the worker is of no more use. */
function isFatal(reason: unknown): boolean {
  return (
    reason instanceof LabError &&
    (reason.code === 'engine-timeout' ||
      reason.code === 'device-lost' ||
      reason.code === 'engine-failed')
  );
}
