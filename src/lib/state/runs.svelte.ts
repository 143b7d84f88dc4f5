import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import type { QueuedRun } from '../contracts/run';
import type { JointSeats, Seats } from '../dialogue/run-many';
import type { Catalogue } from '../domain/catalogue';
import { holdLock, isLocked, lockReleased, type LabStore } from '../store/index';
import { runLock } from './locks';
import type { RunChannel, RunPhase, RunSnapshot } from './runs-channel';
import { PauseGate } from './runs-gate';
import { countJobs, holdRun, stopOpenDialogues, type RunStore } from './runs-hold';
import { RunProgress } from './runs-progress';

/** Watchers are told no more often than this, in milliseconds: nobody reads faster. */
const tellEvery = 120;

/** What a run needs that is not in the store. */
export interface PreparedRun {
  seats: Seats | JointSeats;
  catalogue: Catalogue;
  /** All profiles of its domain. */
  profiles: readonly Profile[];
  slots: number;
}

export interface RunsDeps {
  /** Errors: `storage-closed` and the like while there is no store. */
  store: () => RunStore & Pick<LabStore, 'listQueued' | 'saveQueued' | 'removeQueued'>;
  /**
   * Loads what a run needs. `onRecovered`: an engine was lost and is back, its turn is asked for again; `onLost`: it is
   * gone for good.
   */
  prepare: (
    queued: QueuedRun,
    signal: AbortSignal,
    engine: { onRecovered: () => Promise<void>; onLost: (error: LabError) => void },
  ) => Promise<PreparedRun>;
  channel: RunChannel;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Milliseconds by a clock that nobody sets. */
  elapsed: () => number;
}

/** The queue of runs, and the one that goes: in this tab or, to be watched, in another. */
export class Runs {
  queue = $state.raw<readonly QueuedRun[]>([]);
  phase = $state<RunPhase | 'idle'>('idle');
  /** The run that goes, wherever it does. */
  live = $state.raw<RunSnapshot | null>(null);
  /** Another tab holds the runs. */
  elsewhere = $state(false);
  error = $state.raw<ErrorData | null>(null);
  /** How often an engine was lost and came back. */
  recoveries = $state(0);
  readonly #deps: RunsDeps;
  #held: { queued: QueuedRun; progress: RunProgress } | null = null;
  #abort: AbortController | null = null;
  #gate: PauseGate | null = null;
  #told = -Infinity;

  constructor(deps: RunsDeps) {
    this.#deps = deps;
    deps.channel.listen((message) => {
      if (message.kind === 'ask') {
        this.#told = -Infinity;
        if (this.busy && this.live) deps.channel.post({ kind: 'progress', snapshot: this.live });
      } else if (message.kind === 'progress') {
        if (this.busy) return;
        this.live = message.snapshot;
        if (!this.elsewhere) this.#watch();
      } else void this.refresh();
    });
  }

  get busy(): boolean {
    return this.phase !== 'idle';
  }

  /** A run that was going when its page went. */
  get interrupted(): QueuedRun | null {
    if (this.busy || this.elsewhere) return null;
    return this.queue.find(({ status }) => status === 'running') ?? null;
  }

  /** Reads the queue, and watches the tab that works on it, if there is one. */
  async open(): Promise<void> {
    await this.#try(async () => {
      await this.refresh();
      if (!this.busy && (await isLocked(runLock))) this.#watch();
    });
  }

  async refresh(): Promise<void> {
    const store = this.#deps.store();
    const queue = await store.listQueued();
    this.queue = await Promise.all(
      queue.map(async (queued) => {
        // Its tab went before it could write down how far it was.
        const isStale = queued.status === 'running' && !this.busy;
        if (!isStale || queued.runId === null) return queued;
        return { ...queued, ...(await countJobs(store, queued.runId, queued.profileIds)) };
      }),
    );
  }

  async add(runs: readonly QueuedRun[]): Promise<void> {
    this.error = null;
    await this.#try(async () => {
      await this.#deps.store().saveQueued(runs);
      await this.#changed();
    });
  }

  /** Takes a run off the queue. Its dialogues stay. */
  async remove(id: string): Promise<void> {
    if (this.live?.queuedId === id) return;
    this.error = null;
    await this.#try(async () => {
      await this.#deps.store().removeQueued(id);
      await this.#changed();
    });
  }

  /** Works through the queue, from a run or from the first that is not over. */
  async work(first?: string): Promise<void> {
    if (this.busy) return;
    this.phase = 'loading';
    this.error = null;
    await this.#try(async () => {
      try {
        await holdLock(runLock, async () => {
          await this.refresh();
          let next = this.queue.find(({ id }) => id === first) ?? this.#nextInQueue();
          while (next && (await this.#hold(next))) next = this.#nextInQueue();
        });
      } catch (reason) {
        if (!(reason instanceof LabError) || reason.code !== 'locked-by-other-tab') throw reason;
        this.#watch();
      }
    });
    this.phase = 'idle';
    if (!this.elsewhere) this.live = null;
    await this.#try(() => this.#changed());
  }

  /** Pauses when the turns in flight are over. */
  pause(): void {
    if (this.phase !== 'running' && this.phase !== 'loading') return;
    this.#gate?.close();
    this.phase = 'pausing';
  }

  resume(): void {
    if (this.phase !== 'paused' && this.phase !== 'pausing') return;
    this.phase = 'running';
    this.#gate?.open();
  }

  /** Ends the run that goes; it can be gone on with later. The rest of the queue waits. */
  stop(): void {
    if (!this.busy) return;
    this.phase = 'stopping';
    this.#abort?.abort(new DOMException('Stopped by the visitor.', 'AbortError'));
  }

  #nextInQueue(): QueuedRun | undefined {
    return this.queue.find(({ status }) => status === 'waiting' || status === 'running');
  }

  /** Holds one run; gives whether the next may begin. */
  async #hold(wish: QueuedRun): Promise<boolean> {
    const abort = new AbortController();
    const gate = new PauseGate(abort.signal, () => {
      this.#paused();
    });
    this.#abort = abort;
    this.#gate = gate;
    if (this.phase === 'pausing') gate.close();
    else this.phase = 'loading';
    const store = this.#deps.store();
    this.#held = { queued: wish, progress: new RunProgress(wish, 1) };
    try {
      await this.#keep({ status: 'running', error: null });
      this.#tell(true);
      const prepared = await this.#deps.prepare(wish, abort.signal, {
        onRecovered: () => this.#recovered(),
        onLost: (error) => {
          abort.abort(error);
        },
      });
      const progress = new RunProgress(wish, prepared.slots);
      this.#held = { ...this.#held, progress };
      if (this.phase === 'loading') this.phase = 'running';
      await holdRun({
        ...prepared,
        queued: wish,
        store,
        profiles: profilesOf(wish, prepared.profiles),
        clock: this.#deps.clock,
        elapsed: this.#deps.elapsed,
        signal: abort.signal,
        gate: () => gate.pass(),
        onRun: async ({ id }, counts) => {
          progress.begin(counts);
          await this.#keep({ runId: id });
          this.#tell(true);
        },
        onEvent: (event) => {
          progress.follow(event);
          this.#tell(false);
        },
      });
      await this.#keep({ status: 'done' });
      return true;
    } catch (reason) {
      return await this.#ended(reason, store);
    } finally {
      this.#abort = null;
      this.#gate = null;
      this.#held = null;
    }
  }

  /** Writes down why a run ended early; gives whether the next may begin. */
  async #ended(reason: unknown, store: RunStore): Promise<boolean> {
    if (isAbort(reason)) {
      const { runId } = this.#held?.queued ?? {};
      if (runId) await stopOpenDialogues(store, runId);
      await this.#keep({ status: 'stopped' });
      return false;
    }
    const error = toErrorData(reason);
    this.error = error;
    await this.#keep({ status: 'failed', error });
    return !error.code.startsWith('storage');
  }

  /** Stores what has changed about the run that goes. */
  async #keep(change: Partial<QueuedRun>): Promise<void> {
    if (!this.#held) return;
    const { done, failed } = this.#held.progress;
    const queued = { ...this.#held.queued, done, failed, ...change };
    this.#held = { ...this.#held, queued };
    const { id, runId, status } = queued;
    const store = this.#deps.store();
    await store.saveQueued([queued]);
    if (runId !== null && status !== 'waiting') await store.updateRunStatus(runId, status);
    this.queue = this.queue.map((each) => (each.id === id ? queued : each));
  }

  /** All that was in flight goes on from what is stored, and says so in its record. */
  async #recovered(): Promise<void> {
    this.recoveries += 1;
    for (const dialogue of this.#held?.progress.inFlight ?? []) {
      if (dialogue.turns.length === 0) continue;
      await this.#deps.store().beginDialogue({ ...dialogue, resumed: true });
    }
  }

  #paused(): void {
    if (this.phase !== 'pausing') return;
    this.phase = 'paused';
    this.#tell(true);
  }

  /** Shows how far it is, here and in other tabs. */
  #tell(always: boolean): void {
    const now = this.#deps.elapsed();
    if (!this.#held || this.phase === 'idle' || (!always && now - this.#told < tellEvery)) return;
    this.#told = now;
    this.live = this.#held.progress.snapshot(this.phase);
    this.#deps.channel.post({ kind: 'progress', snapshot: this.live });
  }

  async #changed(): Promise<void> {
    this.#deps.channel.post({ kind: 'changed' });
    await this.refresh();
  }

  /** Follows the tab that holds the runs, until it lets go or is gone. */
  #watch(): void {
    this.elsewhere = true;
    this.#deps.channel.post({ kind: 'ask' });
    void lockReleased(runLock).then(() =>
      this.#try(async () => {
        this.elsewhere = false;
        if (!this.busy) this.live = null;
        await this.refresh();
      }),
    );
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (reason) {
      this.error = toErrorData(reason);
    }
  }
}

/** Errors: `profile-invalid` when one is not here any more. */
function profilesOf({ profileIds }: QueuedRun, known: readonly Profile[]): Profile[] {
  const byId = new Map(known.map((profile) => [profile.id, profile]));
  return profileIds.map((id) => {
    const profile = byId.get(id);
    if (profile) return profile;
    throw new LabError(
      'profile-invalid',
      `The profile "${id}" of this run is not here any more. Import it again, or queue a new run.`,
    );
  });
}
