import type { Role } from '../contracts/action';
import type { Dialogue, Outcome, SeatRecord, Turn } from '../contracts/dialogue';
import { LabError, type ErrorData } from '../contracts/errors';
import type { ItemId } from '../contracts/catalogue';
import type { Profile } from '../contracts/profile';
import type { Run } from '../contracts/run';
import type { Catalogue } from '../domain/catalogue';
import type { RecommenderAgent, UserAgent } from './agent';
import { runDialogue } from './run-dialogue';
import { createDialogue, dialogueId } from './start';

/** Who sits in the recommender's seat. Only a system that declares itself reference-dependent is handed targets. */
export type RecommenderSeat =
  | { referenceDependent: false; agent: RecommenderAgent }
  | { referenceDependent: true; agentFor: (targets: readonly ItemId[]) => RecommenderAgent };

/** The seat's agent for one dialogue: only a reference-dependent seat is handed its targets. */
export function recommenderOf(seat: RecommenderSeat, targets: readonly ItemId[]): RecommenderAgent {
  return seat.referenceDependent ? seat.agentFor(targets) : seat.agent;
}

export interface Seats {
  user: UserAgent;
  recommender: RecommenderSeat;
}

/** One system in both seats, told all of a profile: it declares itself reference-dependent. */
export interface JointSeats {
  referenceDependent: true;
  /** Of the prompts that it is asked with. */
  promptVersion: string;
  seat(): SeatRecord;
  /** The agents of one dialogue, which goes on after `earlier` turns. */
  agentsFor(profile: Profile, earlier: readonly Turn[]): DialogueAgents;
}

export interface DialogueAgents {
  user: UserAgent;
  recommender: RecommenderAgent;
}

/** Who talks in one dialogue. Only what declares itself reference-dependent is handed more than its view. */
export function agentsOf(
  seats: Seats | JointSeats,
  profile: Profile,
  earlier: readonly Turn[] = [],
): DialogueAgents & { referenceDependent: boolean } {
  if (!('user' in seats)) {
    return { ...seats.agentsFor(profile, earlier), referenceDependent: true };
  }
  const { user, recommender } = seats;
  const { referenceDependent } = recommender;
  return { user, recommender: recommenderOf(recommender, profile.targets), referenceDependent };
}

/** Where a run's dialogues go as they happen; each call is awaited before the next turn is asked for. */
export interface RunSink {
  begin(dialogue: Dialogue): Promise<void>;
  turn(dialogueId: string, index: number, turn: Turn): Promise<void>;
  finish(dialogueId: string, outcome: Outcome): Promise<void>;
}

export interface RunDeps {
  run: Run;
  /** In order; a profile that stands here twice is used twice. */
  profiles: readonly Profile[];
  catalogue: Catalogue;
  seats: Seats | JointSeats;
  /** How many dialogues to keep in flight. */
  slots: number;
  sink: RunSink;
  /** Dialogues that are held already, whole or in part, by id: the whole ones are skipped, the others go on. */
  held: ReadonlyMap<string, Pick<Dialogue, 'turns' | 'outcome'>>;
  clock: () => number;
  signal?: AbortSignal;
  onTurnStart?: (dialogueId: string, index: number, role: Role) => void;
  onText?: (dialogueId: string, raw: string, role: Role) => void;
}

/** After so many failed dialogues in a row the cause is not the dialogue. */
const failuresInRow = 3;

interface Job {
  id: string;
  profile: Profile;
}

/** Ids of a run's dialogues, in order; a profile that stands there twice has two. */
export function dialogueIds(runId: string, profileIds: readonly string[]): string[] {
  const used = new Map<string, number>();
  return profileIds.map((profileId) => {
    const repetition = used.get(profileId) ?? 0;
    used.set(profileId, repetition + 1);
    return dialogueId(runId, profileId, repetition);
  });
}

function jobsOf(run: Run, profiles: readonly Profile[]): Job[] {
  const ids = dialogueIds(
    run.id,
    profiles.map(({ id }) => id),
  );
  return profiles.map((profile, i) => ({ id: ids[i] ?? '', profile }));
}

/**
 * Holds all dialogues of a run. A failed dialogue is recorded and the next one begins; three in a row end
 * the run with the last one's error. Aborting rejects with the signal's reason.
 */
export async function runDialogues(deps: RunDeps): Promise<void> {
  const pending = jobsOf(deps.run, deps.profiles).filter(
    (job) => (deps.held.get(job.id)?.outcome ?? null) === null,
  );
  let failures = 0;
  const worker = async () => {
    for (let job = pending.shift(); job !== undefined; job = pending.shift()) {
      const outcome = await holdDialogue(job, deps);
      failures = outcome.status === 'failed' ? failures + 1 : 0;
      if (failures >= failuresInRow && outcome.error) throw stopped(outcome.error);
    }
  };
  const workers = Array.from({ length: Math.max(1, deps.slots) }, () =>
    worker().catch((reason: unknown) => {
      // The others end the dialogue they hold and begin no more; only then is the run over.
      pending.length = 0;
      throw reason;
    }),
  );
  for (const result of await Promise.allSettled(workers)) {
    if (result.status === 'rejected') throw result.reason;
  }
}

function stopped(error: ErrorData): LabError {
  const message = `Stopped after ${String(failuresInRow)} failed dialogues in a row. ${error.message}`;
  return new LabError(error.code, message, error.detail);
}

async function holdDialogue({ id, profile }: Job, deps: RunDeps): Promise<Outcome> {
  const { run, seats, sink, catalogue, signal, onTurnStart, onText } = deps;
  const earlier = deps.held.get(id)?.turns ?? [];
  const { user, recommender, referenceDependent } = agentsOf(seats, profile, earlier);
  const started = createDialogue(run, id, profile, referenceDependent, deps.clock());
  await sink.begin({ ...started, resumed: earlier.length > 0 });
  const dialogue = runDialogue({
    user,
    recommender,
    profile,
    catalogue,
    config: run.config,
    runId: run.id,
    dialogueId: id,
    seed: run.seed,
    earlier,
    ...(signal ? { signal } : {}),
    ...(onTurnStart
      ? {
          onTurnStart: (index, role) => {
            onTurnStart(id, index, role);
          },
        }
      : {}),
    ...(onText
      ? {
          onText: (raw, role) => {
            onText(id, raw, role);
          },
        }
      : {}),
  });
  let index = earlier.length;
  for (;;) {
    const step = await dialogue.next();
    if (step.done === true) {
      await sink.finish(id, step.value);
      return step.value;
    }
    await sink.turn(id, index, step.value);
    index += 1;
  }
}
