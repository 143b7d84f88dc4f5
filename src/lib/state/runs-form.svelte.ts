import type { QueuedRun } from '../contracts/run';
import {
  recommenderSeats,
  type Choices,
  type EngineWish,
  type RecommenderSeatName,
  type UserSeat,
} from './choices';
import { readNumbers, runsOfWish, sizeOfWish, type RunWish } from './runs-plan';

/** Who can hold a whole run: nobody who must be waited for. */
export const runUsers = [
  'model',
  'honest',
  'always-accept',
  'never-accept',
] as const satisfies readonly UserSeat[];
export const runRecommenders = recommenderSeats;

/** The form of new runs; begins with what was chosen for the conversation. */
export class RunForm {
  profiles = $state(20);
  order = $state<RunWish['order']>('first');
  seedsPerProfile = $state(1);
  user = $state<UserSeat>('model');
  recommenders = $state.raw<readonly RecommenderSeatName[]>(['model']);
  /** Lists of numbers, as they are typed. */
  candidates = $state('10');
  temperatures = $state('0.7');
  maxTurns = $state(20);
  seed = $state(1);
  engine = $state<EngineWish>('auto');

  constructor(choices: Choices) {
    this.user = runUsers.find((seat) => seat === choices.user) ?? 'model';
    this.recommenders = [runRecommenders.find((seat) => seat === choices.recommender) ?? 'model'];
    this.candidates = String(choices.candidates);
    this.temperatures = String(choices.temperature);
    this.maxTurns = choices.maxTurns;
    this.seed = choices.seed;
    this.engine = choices.engine;
  }

  get candidatesRead(): number[] | null {
    return readNumbers(this.candidates, 0, 10_000);
  }

  get temperaturesRead(): number[] | null {
    return readNumbers(this.temperatures, 0, 2);
  }

  get wish(): RunWish {
    const { profiles, order, seedsPerProfile, recommenders } = this;
    return {
      profiles,
      order,
      seedsPerProfile,
      // In the order of the form, whatever the order of the clicks.
      recommenders: recommenderSeats.filter((seat) => recommenders.includes(seat)),
      candidates: this.candidatesRead ?? [],
      temperatures: this.temperaturesRead ?? [],
    };
  }

  /** @param available how many profiles there are */
  size(available: number): { runs: number; dialogues: number; each: number } {
    return sizeOfWish(this.wish, available);
  }

  toggle(recommender: RecommenderSeatName): void {
    const has = this.recommenders.includes(recommender);
    this.recommenders = has
      ? this.recommenders.filter((seat) => seat !== recommender)
      : [...this.recommenders, recommender];
  }

  /** @param models the models of the seats @param available ids of the domain's profiles */
  runs(
    choices: Choices & { domain: string },
    models: Choices['models'],
    available: readonly string[],
    now: number,
  ): QueuedRun[] {
    const { user, maxTurns, seed, engine } = this;
    return runsOfWish(
      this.wish,
      { ...choices, user, maxTurns, seed, engine, models },
      available,
      now,
      () => crypto.randomUUID(),
    );
  }
}
