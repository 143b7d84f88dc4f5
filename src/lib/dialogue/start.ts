import type { Dialogue, DialogueConfig, SeatRecord } from '../contracts/dialogue';
import type { Role } from '../contracts/action';
import type { Profile } from '../contracts/profile';
import type { Run } from '../contracts/run';
import { deriveId } from '../domain/random';
import { promptVersion } from '../prompt/version';

/** Settings that a first visitor gets. */
export const defaultConfig: DialogueConfig = {
  maxTurns: 20,
  sampling: {
    user: { temperature: 0.6, topP: 0.95, maxTokens: 80 },
    recommender: { temperature: 0.6, topP: 0.95, maxTokens: 80 },
  },
  candidates: 3,
  slate: 2,
  redraws: 2,
  constrained: true,
  trace: false,
};

export interface RunPlan {
  domain: string;
  seed: number;
  config: DialogueConfig;
  models: Record<Role, SeatRecord>;
  profileIds: readonly string[];
  /** Of the prompts that are used, where they are not the roles' own. */
  promptVersion?: string;
}

/** The seats without what computes them: equal weights shall give equal seeds on any number of threads. */
function identities({ user, recommender }: Record<Role, SeatRecord>): string {
  return JSON.stringify([user, recommender].map(({ id, hash, engine }) => [id, hash, engine]));
}

/** The settings that decide what is said: whether prompts are kept does not. */
function decisive(config: DialogueConfig): string {
  return JSON.stringify({ ...config, trace: undefined });
}

/** A run whose id derives from all that decides its dialogues, so equal plans have equal ids. */
export function createRun(plan: RunPlan, now: number): Run {
  const version = plan.promptVersion ?? promptVersion();
  const { domain, seed, config, models, profileIds } = plan;
  return {
    schemaVersion: 1,
    id: deriveId('run', domain, seed, decisive(config), identities(models), version),
    domain,
    seed,
    config,
    models,
    promptVersion: version,
    profileIds,
    status: 'running',
    createdAt: now,
  };
}

/** The id of a run's dialogue; `repetition` counts from 0 when a profile is used again. */
export function dialogueId(runId: string, profileId: string, repetition: number): string {
  return deriveId('dialogue', runId, profileId, repetition);
}

/** A dialogue before its first turn. */
export function createDialogue(
  run: Run,
  id: string,
  profile: Profile,
  referenceDependent: boolean,
  now: number,
): Dialogue {
  const { targets, ...visible } = profile;
  return {
    schemaVersion: 1,
    id,
    runId: run.id,
    profileId: profile.id,
    domain: run.domain,
    seed: run.seed,
    config: run.config,
    models: run.models,
    promptVersion: run.promptVersion,
    profile: visible,
    targets,
    referenceDependent,
    resumed: false,
    turns: [],
    outcome: null,
    startedAt: now,
  };
}
