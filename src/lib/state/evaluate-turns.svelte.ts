import type { Dialogue } from '../contracts/dialogue';
import type { DatasetInfo } from '../contracts/dataset';
import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { RecommenderAgent } from '../dialogue/agent';
import { defaultConfig } from '../dialogue/start';
import type { Catalogue } from '../domain/catalogue';
import { answerSingleTurns, type SingleTurn } from '../metrics/index';
import { createBreath } from './breathe';
import { recommenderSeats, type RecommenderSeatName } from './choices';
import { turnsSource, type EvaluationSource } from './evaluate-sources';
import { heldDialogues } from './held-dialogues';

/** Who can answer in a person's place: nobody that must be handed targets, which people's dialogues lack. */
export const turnSeats = recommenderSeats.filter(
  (seat): seat is Exclude<RecommenderSeatName, 'oracle' | 'counterpart'> =>
    seat !== 'oracle' && seat !== 'counterpart',
);
export type TurnSeat = (typeof turnSeats)[number];

export interface TurnsDeps {
  store: () => Parameters<typeof heldDialogues>[0];
  /** A recommender, its model loaded. Errors: those of loading. */
  agent: (
    seat: TurnSeat,
    asked: { domain: string; seed: number; signal: AbortSignal },
  ) => Promise<{ agent: RecommenderAgent; catalogue: Catalogue }>;
}

/** Single turns made here: recommenders answer in the place of people of an imported dataset. */
export class TurnMaker {
  seats = $state.raw<readonly TurnSeat[]>(['content']);
  /** Most dialogues; models take seconds a turn. */
  dialogues = $state(20);
  seed = $state(1);
  /** Turns made so far; `null` while none are. */
  done = $state<number | null>(null);
  error = $state.raw<ErrorData | null>(null);
  #stop: AbortController | null = null;

  constructor(readonly deps: TurnsDeps) {}

  toggle(seat: TurnSeat): void {
    this.seats = this.seats.includes(seat)
      ? this.seats.filter((one) => one !== seat)
      : turnSeats.filter((one) => one === seat || this.seats.includes(one));
  }

  /** Has every chosen recommender answer; `null` when it was called off or failed, and `error` says why. */
  async make({ id, domain, name }: DatasetInfo): Promise<EvaluationSource | null> {
    this.#stop?.abort();
    const stop = new AbortController();
    this.#stop = stop;
    this.error = null;
    this.done = 0;
    try {
      const people = await this.#people(id);
      const rows: SingleTurn[] = [];
      const breathe = createBreath();
      for (const seat of this.seats) {
        const { agent, catalogue } = await this.deps.agent(seat, {
          domain,
          seed: this.seed,
          signal: stop.signal,
        });
        const answers = answerSingleTurns(people, {
          agent,
          system: agent.seat().id,
          catalogue,
          config: defaultConfig,
          seed: this.seed,
          signal: stop.signal,
        });
        for await (const row of answers) {
          rows.push(row);
          this.done = rows.length;
          await breathe();
        }
      }
      stop.signal.throwIfAborted();
      if (rows.length === 0) {
        throw new LabError(
          'bad-input',
          'These dialogues have no recommender’s turn to answer. Choose another dataset.',
        );
      }
      return turnsSource(rows, `${name.replace(/\.\w+$/, '')}-turns`);
    } catch (reason) {
      if (!isAbort(reason)) this.error = toErrorData(reason);
      return null;
    } finally {
      if (this.#stop === stop) this.done = null;
    }
  }

  cancel(): void {
    this.#stop?.abort(new DOMException('Called off.', 'AbortError'));
  }

  async #people(id: string): Promise<Dialogue[]> {
    const found: Dialogue[] = [];
    for await (const dialogue of heldDialogues(this.deps.store(), id)) {
      if (found.length >= this.dialogues) break;
      found.push(dialogue);
    }
    return found;
  }
}
