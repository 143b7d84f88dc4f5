import type { Role } from '../contracts/action';
import type { Dialogue, SeatRecord } from '../contracts/dialogue';
import type { ChatEngine, ModelRole } from '../contracts/engine';
import { LabError } from '../contracts/errors';
import { counterpartSeats } from '../baseline/counterpart';
import { modularRecommender } from '../baseline/modular-recommender';
import { oracleSeat } from '../baseline/oracle';
import type { UserAgent } from '../dialogue/agent';
import { personAgent, type PromptPerson } from '../dialogue/human-agent';
import { modelRecommender, modelUser } from '../dialogue/model-agent';
import { rankerRecommender } from '../dialogue/ranker-agent';
import type { JointSeats, RecommenderSeat, Seats } from '../dialogue/run-many';
import { alwaysAcceptUser, honestUser, neverAcceptUser } from '../dialogue/scripted-users';
import type { RecommenderView, UserView } from '../contracts/view';
import {
  talkRecommenderSeats,
  talkUserSeats,
  type TalkRecommenderSeat,
  type TalkUserSeat,
} from './choices';
import type { Domain } from './domain';

/** Gives a loaded engine for a role, or the one that writes both sides. */
export type EngineSource = (role: ModelRole) => Promise<ChatEngine>;

/** Asks whoever is at the page, in either seat. */
export type AskPerson = PromptPerson<UserView | RecommenderView>;

const clock = () => performance.now();

async function userAgent(
  seat: TalkUserSeat,
  domain: Domain,
  engine: EngineSource,
  person: AskPerson,
): Promise<UserAgent> {
  if (seat === 'person') return personAgent(person, clock);
  if (seat === 'honest') return honestUser();
  if (seat === 'always-accept') return alwaysAcceptUser();
  if (seat === 'never-accept') return neverAcceptUser();
  return modelUser(await engine('user'), domain.catalogue);
}

async function recommenderSeat(
  seat: Exclude<TalkRecommenderSeat, 'counterpart'>,
  domain: Domain,
  seed: number,
  engine: EngineSource,
  person: AskPerson,
): Promise<RecommenderSeat> {
  const { catalogue, content, learned, popularity, graph } = domain;
  if (seat === 'person') return { referenceDependent: false, agent: personAgent(person, clock) };
  if (seat === 'oracle') return oracleSeat(catalogue);
  if (seat === 'model') {
    const agent = modelRecommender(await engine('recommender'), catalogue, learned ?? content);
    return { referenceDependent: false, agent };
  }
  if (seat === 'modular' || seat === 'modular-graph') {
    const ranker = seat === 'modular' ? (learned ?? content) : graph();
    return { referenceDependent: false, agent: modularRecommender(seat, ranker, catalogue) };
  }
  if (seat === 'graph') {
    return { referenceDependent: false, agent: rankerRecommender(seat, graph(), catalogue) };
  }
  const rankers = { learned, content, popularity, random: domain.random(seed) };
  const ranker = rankers[seat];
  if (ranker === undefined) {
    throw new LabError(
      'bad-config',
      'No ranker has been taught for this domain. Choose "Best match", which needs none.',
    );
  }
  return { referenceDependent: false, agent: rankerRecommender(seat, ranker, catalogue) };
}

/** Where nobody is at the page. */
const nobody: AskPerson = () =>
  Promise.reject(
    new LabError('bad-config', 'Nobody is here to take a seat. Choose a model or a script for it.'),
  );

/** Both seats, models loaded at the same time. Errors: those of loading. */
export async function takeSeats(
  chosen: { user: TalkUserSeat; recommender: TalkRecommenderSeat },
  domain: Domain,
  seed: number,
  engine: EngineSource,
  person: AskPerson = nobody,
): Promise<Seats | JointSeats> {
  const { recommender: named } = chosen;
  if (named === 'counterpart') return counterpartSeats(await engine('both'), domain.catalogue);
  const [user, recommender] = await Promise.all([
    userAgent(chosen.user, domain, engine, person),
    recommenderSeat(named, domain, seed, engine, person),
  ]);
  return { user, recommender };
}

/** Who sits there, as a record says it. */
export function seatRecords(seats: Seats | JointSeats): Record<Role, SeatRecord> {
  if (!('user' in seats)) return { user: seats.seat(), recommender: seats.seat() };
  const { user, recommender } = seats;
  const agent = recommender.referenceDependent ? recommender.agentFor([]) : recommender.agent;
  return { user: user.seat(), recommender: agent.seat() };
}

/** Whether those seats are handed the targets, and the version of the prompts where it is not the roles' own. */
export function seatFacts(seats: Seats | JointSeats): {
  referenceDependent: boolean;
  promptVersion?: string;
} {
  if ('user' in seats) return { referenceDependent: seats.recommender.referenceDependent };
  return { referenceDependent: true, promptVersion: seats.promptVersion };
}

/** Whether one model that was handed the targets wrote both sides of a record. */
export function isJoint({
  models,
  referenceDependent,
}: Pick<Dialogue, 'models' | 'referenceDependent'>): boolean {
  return referenceDependent && models.recommender.engine !== 'none';
}

/** Which choice of seats a record was held with. Errors: `bad-input` for seats that this page does not have. */
export function seatsOfRecord(record: Pick<Dialogue, 'models' | 'referenceDependent'>): {
  user: TalkUserSeat;
  recommender: TalkRecommenderSeat;
} {
  const { models } = record;
  const { user, recommender } = models;
  return {
    user: nameOf(user, talkUserSeats),
    recommender: isJoint(record) ? 'counterpart' : nameOf(recommender, talkRecommenderSeats),
  };
}

function nameOf<T extends string>(seat: SeatRecord, known: readonly (T | 'model')[]): T | 'model' {
  const isModel = seat.engine === 'webgpu' || seat.engine === 'wasm';
  const found = known.find((name) => name === (isModel ? 'model' : seat.id));
  if (found !== undefined) return found;
  throw new LabError(
    'bad-input',
    `This page cannot take the seat "${seat.id}" (${seat.engine}) of that dialogue: go on with the program that held it.`,
  );
}

/** Refuses to go on with other weights than a record began with. Errors: `model-incompatible`. */
export function checkSameSeats(
  now: Record<Role, SeatRecord>,
  then: Record<Role, SeatRecord>,
): void {
  for (const role of ['user', 'recommender'] as const) {
    const same =
      now[role].hash === then[role].hash &&
      now[role].engine === then[role].engine &&
      now[role].ranker === then[role].ranker;
    if (same) continue;
    throw new LabError(
      'model-incompatible',
      'This dialogue was begun with another model, engine or ranker. Start a new one, or choose what it began with.',
      `${role}: ${then[role].id} on ${then[role].engine}, now ${now[role].id} on ${now[role].engine}`,
    );
  }
}
