import type { Dialogue, Turn } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import type { QueuedRun, Run } from '../contracts/run';
import { dialogueIds, runDialogues, type JointSeats, type Seats } from '../dialogue/run-many';
import { createRun } from '../dialogue/start';
import { outcomeOf } from '../dialogue/stop';
import type { Catalogue } from '../domain/catalogue';
import { storeSink, type LabStore } from '../store/index';
import { seatFacts, seatRecords } from './seats';

/** What happens in a run; each after it is on disk. */
export type RunEvent =
  | { kind: 'begin'; dialogue: Dialogue }
  | { kind: 'turn'; dialogueId: string; index: number; turn: Turn }
  /** `ms`: how long its turns took; `null` where some of them had been held before. */
  | { kind: 'over'; dialogueId: string; failed: boolean; ms: number | null };

export type RunStore = Pick<
  LabStore,
  | 'createRun'
  | 'updateRunStatus'
  | 'findDialogues'
  | 'getDialogue'
  | 'resumeDialogue'
  | 'unfinishedDialogues'
  | 'beginDialogue'
  | 'appendTurn'
  | 'finishDialogue'
>;

export interface HoldDeps {
  queued: QueuedRun;
  store: RunStore;
  seats: Seats | JointSeats;
  catalogue: Catalogue;
  /** Those of `queued.profileIds`, in their order. */
  profiles: readonly Profile[];
  slots: number;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** Milliseconds by a clock that nobody sets. */
  elapsed: () => number;
  signal: AbortSignal;
  /** Resolves when the run may go on; asked before each dialogue and after each turn. */
  gate: () => Promise<void>;
  onRun: (run: Run, counts: { done: number; failed: number }) => Promise<void>;
  onEvent: (event: RunEvent) => void;
}

/** Of a run's dialogues, how many are over, and how many of these failed. Stopped ones are not over: they go on. */
export async function countJobs(
  store: Pick<RunStore, 'findDialogues'>,
  runId: string,
  profileIds: readonly string[],
): Promise<{ done: number; failed: number }> {
  const ids = new Set(dialogueIds(runId, profileIds));
  const among = async (status?: 'running' | 'stopped' | 'failed') =>
    (await store.findDialogues({ runId, status })).filter((id) => ids.has(id)).length;
  const [all, running, stopped, failed] = await Promise.all([
    among(),
    among('running'),
    among('stopped'),
    among('failed'),
  ]);
  return { done: all - running - stopped, failed };
}

/**
 * Holds a run, or what is left of it: dialogues that are over are skipped, those in flight when it ended go on from
 * their stored turns. Rejects with the signal's reason when it is stopped; the dialogues in flight stay open.
 *
 * Errors: `model-incompatible` when the run was begun with other weights; those of `runDialogues` and the store.
 */
export async function holdRun(deps: HoldDeps): Promise<void> {
  const { queued, store, seats, profiles, signal, gate, onEvent, clock } = deps;
  const { domain, seed, config, profileIds } = queued;
  const { promptVersion } = seatFacts(seats);
  const plan = {
    domain,
    seed,
    config,
    models: seatRecords(seats),
    profileIds,
    ...(promptVersion === undefined ? {} : { promptVersion }),
  };
  const wanted = createRun(plan, clock());
  if (queued.runId !== null && queued.runId !== wanted.id) throw otherWeights(queued.runId);
  const { run } = await store.createRun(wanted);
  await store.updateRunStatus(run.id, 'running');
  const held = await heldDialogues(store, run.id);
  await deps.onRun(run, await countJobs(store, run.id, profileIds));
  const sink = storeSink(store);
  const timer = turnTimer(deps.elapsed);
  await runDialogues({
    run,
    profiles,
    catalogue: deps.catalogue,
    seats,
    slots: deps.slots,
    held,
    clock,
    signal,
    sink: {
      async begin(dialogue) {
        await gate();
        await sink.begin(dialogue);
        const turns = held.get(dialogue.id)?.turns ?? [];
        onEvent({ kind: 'begin', dialogue: { ...dialogue, turns } });
        timer.start(dialogue.id);
      },
      async turn(dialogueId, index, turn) {
        await sink.turn(dialogueId, index, turn);
        timer.stop(dialogueId);
        onEvent({ kind: 'turn', dialogueId, index, turn });
        await gate();
        timer.start(dialogueId);
      },
      async finish(dialogueId, outcome) {
        await sink.finish(dialogueId, outcome);
        const ms = timer.take(dialogueId);
        const isWhole = (held.get(dialogueId)?.turns.length ?? 0) === 0;
        const failed = outcome.status === 'failed';
        onEvent({ kind: 'over', dialogueId, failed, ms: isWhole && !failed ? ms : null });
      },
    },
  });
}

/** Adds up how long each dialogue's turns take, without the pauses between them. */
function turnTimer(elapsed: () => number) {
  const spent = new Map<string, number>();
  const since = new Map<string, number>();
  const stop = (id: string): void => {
    spent.set(id, (spent.get(id) ?? 0) + elapsed() - (since.get(id) ?? elapsed()));
    since.delete(id);
  };
  return {
    start: (id: string) => void since.set(id, elapsed()),
    stop,
    take(id: string): number {
      stop(id);
      const total = spent.get(id) ?? 0;
      spent.delete(id);
      return total;
    },
  };
}

/** Gives the dialogues that a run left open their end: the person at the machine stopped it. */
export async function stopOpenDialogues(store: RunStore, runId: string): Promise<void> {
  for (const { id } of await store.unfinishedDialogues(runId)) {
    const dialogue = await store.getDialogue(id);
    if (dialogue) await store.finishDialogue(id, outcomeOf(dialogue.turns, 'stopped'));
  }
}

/** What is there of a run. Stopped and failed dialogues are opened again: going on with a run is asking for them. */
async function heldDialogues(
  store: RunStore,
  runId: string,
): Promise<Map<string, Pick<Dialogue, 'turns' | 'outcome'>>> {
  const over = { status: 'limit', accepted: [], exchanges: 0 } as const;
  const held = new Map<string, Pick<Dialogue, 'turns' | 'outcome'>>(
    (await store.findDialogues({ runId })).map((id) => [id, { turns: [], outcome: over }]),
  );
  for (const status of ['stopped', 'failed'] as const) {
    for (const id of await store.findDialogues({ runId, status })) {
      held.set(id, await store.resumeDialogue(id));
    }
  }
  for (const { id } of await store.unfinishedDialogues(runId)) {
    const dialogue = await store.getDialogue(id);
    if (dialogue) held.set(id, dialogue);
  }
  return held;
}

function otherWeights(runId: string): LabError {
  return new LabError(
    'model-incompatible',
    'This run was begun with another model, engine or version of the prompts, so it cannot go on with this one. ' +
      'Its dialogues are kept; queue a new run.',
    runId,
  );
}
