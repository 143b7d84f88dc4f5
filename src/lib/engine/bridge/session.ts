import { wrap, type Remote } from 'comlink';
import { LabError } from '../../contracts/errors';
import type { EngineWorkerApi, Outcome } from './protocol';

const engineCrash =
  "The engine's worker stopped. Load the model again; if it happens at once, reload the page.";

/** One life of a worker: from its creation to its end, be it wanted or not. */
export class WorkerSession<Api = EngineWorkerApi> {
  readonly api: Remote<Api>;
  /** Rejects when the worker is gone. */
  readonly gone: Promise<never>;
  private fail: (reason: unknown) => void = () => undefined;
  private calls = 0;
  private ended = false;

  /** @param crashText what a person is told when the worker stops by itself */
  constructor(
    private readonly worker: Worker,
    crashText = engineCrash,
  ) {
    this.gone = new Promise((_, reject) => (this.fail = reject));
    this.gone.catch(() => undefined);
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      const detail = event.message || 'the worker did not start';
      this.end(new LabError('engine-failed', crashText, detail));
    });
    this.api = wrap<Api>(worker);
  }

  get alive(): boolean {
    return !this.ended;
  }

  /** Terminates the worker; all that wait on it get `reason`. */
  end(reason: unknown): void {
    if (this.ended) return;
    this.ended = true;
    this.worker.terminate();
    this.fail(reason);
  }

  nextCall(): number {
    return ++this.calls;
  }

  /** The value of an outcome, or its error thrown. */
  async settle<T>(outcome: Promise<Outcome<T>>): Promise<T> {
    const result = await Promise.race([outcome, this.gone]);
    if (result.ok) return result.value;
    if ('aborted' in result) throw new DOMException('The call was aborted.', 'AbortError');
    throw LabError.fromData(result.error);
  }
}
