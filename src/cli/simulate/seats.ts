import { counterpartSeats } from '../../lib/baseline/counterpart';
import { modularPromptVersion } from '../../lib/baseline/modular-prompt';
import { modularRecommender } from '../../lib/baseline/modular-recommender';
import { oracleSeat } from '../../lib/baseline/oracle';
import type { Role } from '../../lib/contracts/action';
import type { SeatRecord } from '../../lib/contracts/dialogue';
import type { ChatEngine } from '../../lib/contracts/engine';
import type { UserAgent } from '../../lib/dialogue/agent';
import { modelRecommender, modelUser } from '../../lib/dialogue/model-agent';
import { rankerRecommender } from '../../lib/dialogue/ranker-agent';
import { tutoredUser } from '../../lib/dialogue/tutored-user';
import type { JointSeats, RecommenderSeat, Seats } from '../../lib/dialogue/run-many';
import { alwaysAcceptUser, honestUser, neverAcceptUser } from '../../lib/dialogue/scripted-users';
import { LabError } from '../../lib/contracts/errors';
import {
  createContentRanker,
  createGraphRanker,
  createLearnedRanker,
  createPopularityRanker,
  createRandomRanker,
  type Ranker,
} from '../../lib/recommend/ranker';
import type { DomainFiles } from './domain-files';
import { isModular } from './modular';

const scriptedUsers: Readonly<Record<string, () => UserAgent>> = {
  honest: honestUser,
  'always-accept': alwaysAcceptUser,
  'never-accept': neverAcceptUser,
};

/** The learned ranker. Errors: `bad-config` for a domain that has none. */
function learnedRanker({ catalogue, statistics, learned }: DomainFiles): Ranker {
  if (learned !== null) return createLearnedRanker(catalogue, statistics, learned);
  throw new LabError(
    'bad-config',
    `No ranker has been taught for the domain "${catalogue.pack.id}". Use --recommender content.`,
  );
}

/** What offers a model its candidates: the learned ranker where there is one, else content. */
function bestRanker(domain: DomainFiles): Ranker {
  if (domain.learned !== null) return learnedRanker(domain);
  return createContentRanker(domain.catalogue, domain.statistics);
}

const rankersByName = {
  learned: learnedRanker,
  content: ({ catalogue, statistics }: DomainFiles) => createContentRanker(catalogue, statistics),
  graph: ({ catalogue }: DomainFiles) => createGraphRanker(catalogue),
  popularity: ({ catalogue }: DomainFiles) => createPopularityRanker(catalogue),
  random: ({ catalogue }: DomainFiles, seed: number) => createRandomRanker(catalogue, seed),
};

export type RankerName = keyof typeof rankersByName;

export const rankerNames = Object.keys(rankersByName) as RankerName[];

/** @param engine of its generator; without one it speaks in templates */
function modularSeat(name: string, domain: DomainFiles, engine?: ChatEngine): RecommenderSeat {
  const { catalogue } = domain;
  const ranker = name === 'modular' ? bestRanker(domain) : createGraphRanker(catalogue);
  return { referenceDependent: false, agent: modularRecommender(name, ranker, catalogue, engine) };
}

type BaselineOf = (domain: DomainFiles, seed: number) => RecommenderSeat;

/** A ranker that recommends its best by itself. */
function rankerSeat(name: RankerName): BaselineOf {
  return (domain, seed) => ({
    referenceDependent: false,
    agent: rankerRecommender(name, rankersByName[name](domain, seed), domain.catalogue),
  });
}

const baselines: Readonly<Record<string, BaselineOf>> = {
  ...Object.fromEntries(rankerNames.map((name) => [name, rankerSeat(name)])),
  modular: (domain) => modularSeat('modular', domain),
  'modular-graph': (domain) => modularSeat('modular-graph', domain),
  oracle: ({ catalogue }) => oracleSeat(catalogue),
};

/** Whether a name means a control, which asks no model. */
export function isControl(role: Role, name: string | null): name is string {
  return name !== null && name in (role === 'user' ? scriptedUsers : baselines);
}

export interface SeatPlan {
  /** The user's engine writes both sides, handed the targets. */
  counterpart: boolean;
  names: Record<Role, string | null>;
  /** What orders a recommender model's candidates; `null`: the best there is. */
  ranker: RankerName | null;
  /** The grammar holds the user's model to what fits. */
  tutor: boolean;
  /** Loaded engines of the seats that are no control. */
  engines: Partial<Record<Role, ChatEngine>>;
  domain: DomainFiles;
  seed: number;
}

/** Who talks, and which prompts are used where they are not the roles' own. */
export interface Seated {
  seats: Seats | JointSeats;
  models: Record<Role, SeatRecord>;
  promptVersion?: string;
}

/** Who talks. Errors: those of `engineSeat`. */
export function createSeats(plan: SeatPlan): Seated {
  const { counterpart, names, engines, domain, tutor } = plan;
  const { catalogue } = domain;
  if (counterpart) return counterpartSeated(engines.user, domain);
  const user = engines.user
    ? (tutor ? tutoredUser : modelUser)(engines.user, catalogue)
    : (scriptedUsers[names.user ?? ''] ?? honestUser)();
  const recommender = recommenderSeat(plan);
  const seatOf = recommender.referenceDependent ? recommender.agentFor([]) : recommender.agent;
  return {
    seats: { user, recommender },
    models: { user: user.seat(), recommender: seatOf.seat() },
    ...(isModular(names.recommender) && engines.recommender
      ? { promptVersion: modularPromptVersion() }
      : {}),
  };
}

function recommenderSeat({ names, engines, ranker, domain, seed }: SeatPlan): RecommenderSeat {
  const { recommender: name } = names;
  const { recommender: engine } = engines;
  if (name !== null && isModular(name)) return modularSeat(name, domain, engine);
  if (engine === undefined) return (baselines[name ?? ''] ?? noBaseline)(domain, seed);
  const chosen = ranker === null ? bestRanker(domain) : rankersByName[ranker](domain, seed);
  const agent = modelRecommender(engine, domain.catalogue, chosen);
  // A learned ranker's record says more than its name.
  const seat = () => ({ ...(ranker === null ? {} : { ranker }), ...agent.seat() });
  return { referenceDependent: false, agent: { ...agent, seat } };
}

function counterpartSeated(engine: ChatEngine | undefined, { catalogue }: DomainFiles): Seated {
  if (engine === undefined) throw new Error('The counterpart has no engine.');
  const seats = counterpartSeats(engine, catalogue);
  const models = { user: seats.seat(), recommender: seats.seat() };
  return { seats, models, promptVersion: seats.promptVersion };
}

const noBaseline: BaselineOf = () => {
  throw new Error('A seat without an engine must name a control.');
};
