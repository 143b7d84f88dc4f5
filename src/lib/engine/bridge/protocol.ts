import type {
  Completion,
  CompletionRequest,
  EngineInfo,
  LoadProgress,
  ModelRef,
} from '../../contracts/engine';
import type { Result } from '../../contracts/errors';

/** An answer across the boundary: comlink would keep only the words of an error, so errors travel as data. */
export type Outcome<T> = Result<T> | { ok: false; aborted: true };

/** A signal does not cross; its abort is told by the call's number. */
export type BridgedRequest = Omit<CompletionRequest, 'signal'>;

/** What the page may set of an engine in a worker. */
export interface WorkerEngineOptions {
  /**
   * Threads of the WebAssembly engine. Default: the machine's cores but one, at most 8. All cores are up to twice as
   * fast on an idle machine of two, and slower by orders of magnitude on a busy one: threads wait for each other some
   * hundred times a token.
   */
  threads?: number;
}

/** What a worker exposes to the page. Callbacks are comlink proxies. */
export interface EngineWorkerApi {
  load(
    call: number,
    model: ModelRef,
    options: WorkerEngineOptions,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Outcome<EngineInfo>>;
  complete(
    call: number,
    request: BridgedRequest,
    onToken: (textSoFar: string) => void,
  ): Promise<Outcome<Completion>>;
  reset(): Promise<Outcome<null>>;
  abort(call: number): void;
}
