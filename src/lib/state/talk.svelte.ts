import type { Role } from '../contracts/action';
import type { Dialogue, Outcome, Turn } from '../contracts/dialogue';
import { isAbort, toErrorData, type ErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { agentsOf, type JointSeats, type Seats } from '../dialogue/run-many';
import { runDialogue } from '../dialogue/run-dialogue';
import { outcomeOf } from '../dialogue/stop';
import type { Catalogue } from '../domain/catalogue';
import type { TalkStatus } from '../ui/view';

/** Where a dialogue is kept as it happens; each call is awaited before the next turn. */
export interface Keeper {
  begin(dialogue: Dialogue): Promise<void>;
  turn(id: string, index: number, turn: Turn): Promise<void>;
  finish(id: string, outcome: Outcome): Promise<void>;
}

export interface TalkPlan {
  /** The record so far: no turns, or those held before a reload. */
  dialogue: Dialogue;
  seats: Seats | JointSeats;
  catalogue: Catalogue;
  keeper: Keeper;
}

/** One dialogue as it happens: who pulls the next turn, and when. */
export class Talk {
  status = $state<TalkStatus>('idle');
  /** The record so far. */
  dialogue = $state.raw<Dialogue | null>(null);
  live = $state.raw<{ role: Role; raw: string } | null>(null);
  error = $state.raw<ErrorData | null>(null);
  #abort: AbortController | null = null;
  #pauseNext = false;
  #goOn: (() => void) | null = null;

  get busy(): boolean {
    return this.status !== 'idle' && this.status !== 'over';
  }

  /** Shows a record without running it. */
  show(dialogue: Dialogue | null): void {
    this.dialogue = dialogue;
    this.status = dialogue === null ? 'idle' : 'over';
    this.error = null;
  }

  /**
   * Prepares a dialogue (loads what it needs) and holds it to its end.
   *
   * @param stepping pause after the first turn
   */
  async hold(
    prepare: (signal: AbortSignal) => Promise<TalkPlan>,
    stepping: boolean,
  ): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#pauseNext = stepping;
    this.error = null;
    this.status = 'loading';
    try {
      const plan = await prepare(abort.signal);
      await this.#run(plan, abort.signal);
    } catch (reason) {
      if (!isAbort(reason) && !abort.signal.aborted) this.error = toErrorData(reason);
    } finally {
      this.live = null;
      this.#abort = null;
      this.#goOn = null;
      this.status = this.dialogue === null ? 'idle' : 'over';
    }
  }

  async #run({ dialogue, seats, catalogue, keeper }: TalkPlan, signal: AbortSignal): Promise<void> {
    const { id, targets } = dialogue;
    const profile: Profile = { ...dialogue.profile, targets };
    await keeper.begin(dialogue);
    this.dialogue = dialogue;
    this.status = 'running';
    const { user, recommender } = agentsOf(seats, profile, dialogue.turns);
    const steps = runDialogue({
      user,
      recommender,
      profile,
      catalogue,
      config: dialogue.config,
      runId: dialogue.runId,
      dialogueId: id,
      seed: dialogue.seed,
      earlier: dialogue.turns,
      signal,
      onTurnStart: (_index, role) => {
        this.live = { role, raw: '' };
      },
      onText: (raw, role) => {
        this.live = { role, raw };
      },
    });
    let current = dialogue;
    try {
      for (;;) {
        const step = await steps.next();
        this.live = null;
        if (step.done === true) {
          await keeper.finish(id, step.value);
          this.dialogue = { ...current, outcome: step.value };
          if (step.value.error) this.error = step.value.error;
          return;
        }
        await keeper.turn(id, current.turns.length, step.value);
        current = { ...current, turns: [...current.turns, step.value] };
        this.dialogue = current;
        await this.#gate(signal);
      }
    } catch (reason) {
      if (!signal.aborted) throw reason;
      const outcome = outcomeOf(current.turns, 'stopped');
      await keeper.finish(id, outcome);
      this.dialogue = { ...current, outcome };
    }
  }

  /** Waits while the dialogue is paused; rejects when it is stopped meanwhile. */
  async #gate(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#pauseNext) return;
    this.status = 'paused';
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      signal.addEventListener('abort', () => {
        resolve();
      });
    });
    signal.throwIfAborted();
    this.status = 'running';
  }

  /** Pauses when the turn in flight is done. */
  pause(): void {
    if (this.status !== 'running') return;
    this.#pauseNext = true;
    this.status = 'pausing';
  }

  resume(): void {
    this.#pauseNext = false;
    this.#goOn?.();
  }

  /** One turn, then paused again. */
  step(): void {
    this.#pauseNext = true;
    this.#goOn?.();
  }

  /** Ends the dialogue, or the loading before it. */
  stop(): void {
    this.#abort?.abort(new DOMException('Stopped by the visitor.', 'AbortError'));
  }
}
