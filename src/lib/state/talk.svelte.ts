import type { Role } from '../contracts/action';
import type { Dialogue, Outcome, Turn } from '../contracts/dialogue';
import { isAbort, toErrorData, type ErrorData } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { agentsOf, type JointSeats, type Seats } from '../dialogue/run-many';
import { runDialogue } from '../dialogue/run-dialogue';
import { steerDialogue, wholeProfile } from '../dialogue/steer';
import { outcomeOf, stopStatus } from '../dialogue/stop';
import type { Catalogue } from '../domain/catalogue';
import type { SteerWish } from '../profile/steer';
import type { TalkStatus } from '../ui/view';

/** Where a dialogue is kept as it happens; each call is awaited before the next turn. */
export interface Keeper {
  begin(dialogue: Dialogue): Promise<void>;
  turn(id: string, index: number, turn: Turn): Promise<void>;
  /** The profile was changed between two turns. */
  steer(id: string, steered: Pick<Dialogue, 'profile' | 'targets' | 'edits'>): Promise<void>;
  finish(id: string, outcome: Outcome): Promise<void>;
}

export interface TalkPlan {
  /** The record so far: no turns, or those held before a reload. */
  dialogue: Dialogue;
  seats: Seats | JointSeats;
  catalogue: Catalogue;
  keeper: Keeper;
}

/** A dialogue that is being held. */
interface Hold extends Omit<TalkPlan, 'dialogue'> {
  signal: AbortSignal;
}

/** One dialogue as it happens: who pulls the next turn, and when. */
export class Talk {
  status = $state<TalkStatus>('idle');
  /** The record so far. */
  dialogue = $state.raw<Dialogue | null>(null);
  live = $state.raw<{ role: Role; raw: string } | null>(null);
  error = $state.raw<ErrorData | null>(null);
  /** A change of the profile that waits for the turn in flight; after a dialogue's end: one that came too late. */
  wish = $state.raw<SteerWish | null>(null);
  #abort: AbortController | null = null;
  #pauseNext = false;
  /** One turn may pass although the dialogue is paused. */
  #stepping = false;
  #wake: (() => void) | null = null;

  get busy(): boolean {
    return this.status !== 'idle' && this.status !== 'over';
  }

  /** Shows a record without running it. */
  show(dialogue: Dialogue | null): void {
    this.dialogue = dialogue;
    this.status = dialogue === null ? 'idle' : 'over';
    this.error = null;
    this.wish = null;
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
    this.#stepping = stepping;
    this.error = null;
    this.wish = null;
    this.status = 'loading';
    try {
      const plan = await prepare(abort.signal);
      await this.#run(plan.dialogue, { ...plan, signal: abort.signal });
    } catch (reason) {
      if (!isAbort(reason) && !abort.signal.aborted) this.error = toErrorData(reason);
    } finally {
      this.live = null;
      this.#abort = null;
      this.#wake = null;
      this.status = this.dialogue === null ? 'idle' : 'over';
    }
  }

  async #run(begun: Dialogue, hold: Hold): Promise<void> {
    const { keeper, signal } = hold;
    await keeper.begin(begun);
    this.dialogue = begun;
    this.status = 'running';
    let current = begun;
    let steps = this.#steps(current, hold);
    try {
      for (;;) {
        const steered = await this.#betweenTurns(current, hold);
        // Whoever speaks next is told anew, with empty caches.
        if (steered !== current) steps = this.#steps(steered, hold);
        current = steered;
        const step = await steps.next();
        this.live = null;
        if (step.done === true) {
          // It can be gone on with, so that nothing steered is lost.
          if (step.value.status === 'failed') current = await this.#putIntoForce(current, hold);
          await keeper.finish(current.id, step.value);
          this.dialogue = { ...current, outcome: step.value };
          if (step.value.error) this.error = step.value.error;
          return;
        }
        await keeper.turn(current.id, current.turns.length, step.value);
        current = { ...current, turns: [...current.turns, step.value] };
        this.dialogue = current;
      }
    } catch (reason) {
      if (!signal.aborted) throw reason;
      // What was steered while it was paused is in the dialogue on show already.
      const last = await this.#putIntoForce(this.dialogue ?? current, hold);
      const outcome = outcomeOf(last.turns, 'stopped');
      await keeper.finish(last.id, outcome);
      this.dialogue = { ...last, outcome };
    }
  }

  #steps(dialogue: Dialogue, { seats, catalogue, signal }: Hold) {
    const profile: Profile = wholeProfile(dialogue);
    const { user, recommender } = agentsOf(seats, profile, dialogue.turns);
    return runDialogue({
      user,
      recommender,
      profile,
      catalogue,
      config: dialogue.config,
      runId: dialogue.runId,
      dialogueId: dialogue.id,
      seed: dialogue.seed,
      earlier: dialogue.turns,
      signal,
      onTurnStart: (_index, role) => {
        // A person does not write where others watch.
        this.live = dialogue.models[role].human ? null : { role, raw: '' };
      },
      onText: (raw, role) => {
        this.live = { role, raw };
      },
    });
  }

  /**
   * Puts what was steered into force, and waits while the dialogue is paused; rejects when it is stopped meanwhile.
   * A dialogue that has come to its end waits for nothing, and no wish changes it any more.
   */
  async #betweenTurns(dialogue: Dialogue, hold: Hold): Promise<Dialogue> {
    let current = dialogue;
    for (;;) {
      hold.signal.throwIfAborted();
      if (stopStatus(current.turns, current.config.maxTurns) !== null) return current;
      current = await this.#putIntoForce(current, hold);
      if (!this.#pauseNext || this.#stepping) break;
      this.status = 'paused';
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        const stop = () => {
          resolve();
        };
        hold.signal.addEventListener('abort', stop, { once: true });
      });
    }
    this.#stepping = false;
    if (this.status === 'paused') this.status = 'running';
    return current;
  }

  /** The dialogue with the change that waits, if one does. */
  async #putIntoForce(
    dialogue: Dialogue,
    { catalogue, keeper }: Pick<Hold, 'catalogue' | 'keeper'>,
  ): Promise<Dialogue> {
    const { wish } = this;
    if (wish === null) return dialogue;
    this.wish = null;
    const steered = steerDialogue(dialogue, wish, catalogue);
    if (steered === dialogue) return dialogue;
    const { id, profile, targets, edits } = steered;
    await keeper.steer(id, { profile, targets, ...(edits ? { edits } : {}) });
    this.dialogue = steered;
    return steered;
  }

  /**
   * Changes the profile that is spoken for, from the next turn on: a turn in flight is not touched. A dialogue that was
   * broken off is changed at once, for when it goes on.
   *
   * Errors: `profile-invalid`; those of the keeper.
   */
  async steer(wish: SteerWish, plan: Pick<TalkPlan, 'catalogue' | 'keeper'>): Promise<void> {
    const { dialogue } = this;
    if (dialogue === null || this.status === 'loading') return;
    // What cannot be put into force is refused while its form is still there.
    steerDialogue(dialogue, wish, plan.catalogue);
    this.wish = wish;
    if (this.busy) this.#wake?.();
    else await this.#putIntoForce(dialogue, plan);
  }

  /** Pauses when the turn in flight is done. */
  pause(): void {
    if (this.status !== 'running') return;
    this.#pauseNext = true;
    this.status = 'pausing';
  }

  resume(): void {
    this.#pauseNext = false;
    this.#wake?.();
  }

  /** One turn, then paused again. */
  step(): void {
    this.#pauseNext = true;
    this.#stepping = true;
    this.#wake?.();
  }

  /** Ends the dialogue, or the loading before it. */
  stop(): void {
    this.#abort?.abort(new DOMException('Stopped by the visitor.', 'AbortError'));
  }
}
