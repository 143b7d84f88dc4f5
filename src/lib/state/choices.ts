import { defaultConfig } from '../dialogue/start';
import type { Role } from '../contracts/action';
import type { DialogueConfig } from '../contracts/dialogue';
import type { ModelRole } from '../contracts/engine';

/** Who can sit there by themselves: in a run, in a fork. */
export const userSeats = ['model', 'honest', 'always-accept', 'never-accept'] as const;
export const recommenderSeats = [
  'model',
  'learned',
  'content',
  'graph',
  'modular',
  'modular-graph',
  'popularity',
  'random',
  'oracle',
  // Takes both seats: whoever is chosen as the user waits for another dialogue.
  'counterpart',
] as const;
/** Who can sit there while somebody is at the page. */
export const talkUserSeats = [...userSeats, 'person'] as const;
export const talkRecommenderSeats = [...recommenderSeats, 'person'] as const;
export const engineWishes = ['auto', 'webgpu', 'wasm'] as const;
export type UserSeat = (typeof userSeats)[number];
export type RecommenderSeatName = (typeof recommenderSeats)[number];
export type TalkUserSeat = (typeof talkUserSeats)[number];
export type TalkRecommenderSeat = (typeof talkRecommenderSeats)[number];
export type EngineWish = (typeof engineWishes)[number];

/** All that a visitor can choose for the next dialogue. */
export interface Choices {
  domain: string | null;
  profile: string | null;
  user: TalkUserSeat;
  recommender: TalkRecommenderSeat;
  engine: EngineWish;
  /** By seat; `null`: the one that ships for it. */
  models: Readonly<Record<Role, string | null>>;
  /** The model that writes both sides where the counterpart is chosen; `null`: the one that ships for it. */
  counterpart: string | null;
  seed: number;
  maxTurns: number;
  /** K; 0 offers the whole catalogue. */
  candidates: number;
  temperature: number;
}

export const firstChoices: Choices = {
  domain: null,
  profile: null,
  user: 'model',
  recommender: 'model',
  engine: 'auto',
  models: { user: null, recommender: null },
  counterpart: null,
  seed: 1,
  maxTurns: defaultConfig.maxTurns,
  candidates: defaultConfig.candidates ?? 0,
  temperature: defaultConfig.sampling.user.temperature,
};

/** Choices from storage; whatever is not as it should be is as for a first visitor. */
export function readChoices(text: string | null): Choices {
  let stored: Record<string, unknown>;
  try {
    const json: unknown = JSON.parse(text ?? '{}');
    stored = recordOf(json);
  } catch {
    // An older or damaged entry holds preferences only: nothing is lost that mattered.
    return firstChoices;
  }
  const first = firstChoices;
  const models = recordOf(stored['models']);
  const one = <T extends string>(value: unknown, known: readonly T[], otherwise: T): T =>
    known.find((option) => option === value) ?? otherwise;
  const number = (value: unknown, least: number, most: number, otherwise: number) =>
    typeof value === 'number' && value >= least && value <= most ? value : otherwise;
  const name = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    domain: name(stored['domain']),
    profile: name(stored['profile']),
    user: one(stored['user'], talkUserSeats, first.user),
    recommender: one(stored['recommender'], talkRecommenderSeats, first.recommender),
    engine: one(stored['engine'], engineWishes, first.engine),
    models: { user: name(models['user']), recommender: name(models['recommender']) },
    counterpart: name(stored['counterpart']),
    seed: number(stored['seed'], 0, 2 ** 31 - 2, first.seed),
    maxTurns: number(stored['maxTurns'], 2, 60, first.maxTurns),
    candidates: number(stored['candidates'], 0, 10_000, first.candidates),
    temperature: number(stored['temperature'], 0, 2, first.temperature),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** The models that these seats ask: none, one of each role, or the one that writes both sides. */
export function askedModels({
  user,
  recommender,
}: Pick<Choices, 'user' | 'recommender'>): readonly ModelRole[] {
  if (recommender === 'counterpart') return ['both'];
  const asked: ModelRole[] = user === 'model' ? ['user'] : [];
  return recommender === 'model' ? [...asked, 'recommender'] : asked;
}

/** The seat that the person at the page takes; `null`: none. */
export function seatForPerson({
  user,
  recommender,
}: Pick<Choices, 'user' | 'recommender'>): Role | null {
  if (recommender === 'counterpart') return null;
  if (user === 'person') return 'user';
  return recommender === 'person' ? 'recommender' : null;
}

/** The settings of a dialogue; every prompt is kept, because the page shows them. */
export function configOf(choices: Choices): DialogueConfig {
  const { temperature, maxTurns, recommender } = choices;
  // The counterpart is told what to recommend: it is offered the whole catalogue.
  const candidates = recommender === 'counterpart' ? 0 : choices.candidates;
  const { sampling } = defaultConfig;
  return {
    ...defaultConfig,
    maxTurns,
    candidates: candidates === 0 ? null : candidates,
    sampling: {
      user: { ...sampling.user, temperature },
      recommender: { ...sampling.recommender, temperature },
    },
    trace: true,
  };
}
