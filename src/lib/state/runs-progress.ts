import type { Dialogue } from '../contracts/dialogue';
import type { QueuedRun } from '../contracts/run';
import type { RunPhase, RunSnapshot } from './runs-channel';
import type { RunEvent } from './runs-hold';
import { PaceMeter } from './runs-pace';

/** Turns of the dialogue on show: enough to see what is being talked about. */
const shownTurns = 6;

/** Follows a run's events: its counts, its pace, and the dialogues that are in flight. */
export class RunProgress {
  readonly #meter = new PaceMeter();
  readonly #inFlight = new Map<string, Dialogue>();
  #talking: Dialogue | null = null;
  done: number;
  failed: number;

  constructor(
    private readonly queued: QueuedRun,
    private readonly slots: number,
  ) {
    this.done = queued.done;
    this.failed = queued.failed;
  }

  /** How many dialogues were over before it began. */
  begin({ done, failed }: { done: number; failed: number }): void {
    this.done = done;
    this.failed = failed;
  }

  follow(event: RunEvent): void {
    if (event.kind === 'begin') this.#show(event.dialogue);
    else if (event.kind === 'turn') {
      const held = this.#inFlight.get(event.dialogueId);
      if (held) this.#show({ ...held, turns: [...held.turns, event.turn] });
    } else {
      this.#inFlight.delete(event.dialogueId);
      this.done += 1;
      if (event.failed) this.failed += 1;
      if (event.ms !== null) this.#meter.add(event.ms);
    }
  }

  /** Dialogues that have begun and are not over, with their turns so far. */
  get inFlight(): readonly Dialogue[] {
    return [...this.#inFlight.values()];
  }

  snapshot(phase: RunPhase): RunSnapshot {
    const total = this.queued.profileIds.length;
    const talking = this.#talking;
    return {
      queuedId: this.queued.id,
      phase,
      done: this.done,
      failed: this.failed,
      total,
      ...this.#meter.read(total - this.done, this.slots),
      talking: talking && {
        id: talking.id,
        summary: talking.profile.summary,
        turns: talking.turns.slice(-shownTurns).map(({ role, text }) => ({ role, text })),
      },
    };
  }

  #show(dialogue: Dialogue): void {
    this.#inFlight.set(dialogue.id, dialogue);
    this.#talking = dialogue;
  }
}
