import { proxy } from 'comlink';
import { WorkerSession } from '../../engine/bridge/session';
import { createQueue } from '../../engine/queue';
import type {
  EvaluationInput,
  EvaluationOptions,
  EvaluationProgress,
} from '../evaluation/evaluate';
import type { Evaluation } from '../evaluation/types';
import type { MetricsWorkerApi } from './protocol';
import { partsOf } from './records';

type Session = WorkerSession<MetricsWorkerApi>;

/** How an evaluation in a worker differs from one here: its encoder is named by the address of its manifest. */
export interface WorkerEvaluationOptions extends Omit<EvaluationOptions, 'encoder'> {
  encoder?: string;
}

export interface MetricsLimits {
  /** How long a worker that was told to stop may go on, in milliseconds. */
  abort: number;
  /** How long a worker without work is kept, with its encoder, in milliseconds. */
  idle: number;
}

const defaultLimits: MetricsLimits = { abort: 2000, idle: 120_000 };

const crashText =
  'The worker that computes the metrics stopped. Try again, with fewer dialogues if it was out of memory.';

/** The page's side of the metrics' worker: one evaluation at a time, in the order in which they were asked for. */
export class MetricsClient {
  private session: Session | null = null;
  private idle: ReturnType<typeof setTimeout> | undefined;
  private ending: Promise<void> = Promise.resolve();
  private readonly inTurn = createQueue();

  constructor(
    private readonly createWorker: () => Worker,
    private readonly limits: MetricsLimits = defaultLimits,
  ) {}

  /**
   * `evaluate` in the worker. Records are plain data, never proxies. Aborting rejects at once with the signal's
   * reason. Errors: those of `evaluate`, `engine-failed` when the worker stops.
   */
  evaluate(input: EvaluationInput, options: WorkerEvaluationOptions = {}): Promise<Evaluation> {
    return unlessAborted(
      this.inTurn(() => this.ask(input, options)),
      options.signal,
    );
  }

  /** Ends the worker; a later evaluation starts another. */
  close(): void {
    clearTimeout(this.idle);
    this.session?.end(new DOMException('Closed.', 'AbortError'));
    this.session = null;
  }

  private async ask(
    { catalogue, people, dialogues, singleTurns = [], ratings, judged }: EvaluationInput,
    { onProgress, signal, ...settings }: WorkerEvaluationOptions,
  ): Promise<Evaluation> {
    await this.ending;
    signal?.throwIfAborted();
    clearTimeout(this.idle);
    const session = this.living();
    const call = session.nextCall();
    let isOver = false;
    const report = proxy((progress: EvaluationProgress) => {
      // Callbacks may arrive after the answer they precede.
      if (!isOver && !signal?.aborted) onProgress?.(progress);
    });
    const records = { dialogues, people: people?.dialogues ?? [], singleTurns };
    const request = {
      ...settings,
      ...(ratings ? { ratings } : {}),
      ...(judged ? { judged } : {}),
      pack: catalogue.pack,
      people: people?.name ?? null,
    };
    const answered = (async () => {
      for (const part of partsOf(records)) {
        await Promise.race([session.api.add(call, part), session.gone]);
        signal?.throwIfAborted();
      }
      return session.settle(session.api.evaluate(call, request, report));
    })();
    try {
      return await unlessAborted(answered, signal);
    } catch (reason) {
      if (signal?.aborted) this.ending = this.windDown(session, call, answered);
      throw reason;
    } finally {
      isOver = true;
      this.idle = setTimeout(() => this.close(), this.limits.idle);
    }
  }

  private living(): Session {
    if (this.session?.alive) return this.session;
    this.session = new WorkerSession<MetricsWorkerApi>(this.createWorker(), crashText);
    return this.session;
  }

  /** Tells the worker to stop, and ends it if it does not get there: it heeds no message within a metric. */
  private async windDown(
    session: Session,
    call: number,
    answered: Promise<unknown>,
  ): Promise<void> {
    void session.api.abort(call);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), this.limits.abort);
    });
    const stopped = answered.then(
      () => false,
      () => false,
    );
    const isLate = await Promise.race([stopped, late]);
    clearTimeout(timer);
    if (isLate) session.end(new DOMException('The call was aborted.', 'AbortError'));
  }
}

/** What becomes of `work`, or the signal's reason if that comes first. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  work.catch(() => undefined);
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
  });
  try {
    signal.throwIfAborted();
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
