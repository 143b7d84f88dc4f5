import type { Role } from '../contracts/action';
import { isAbort, LabError, toErrorData, type ErrorData } from '../contracts/errors';
import type { Experiment, ExperimentSystem } from '../contracts/experiment';
import type { Profile } from '../contracts/profile';
import type { QueuedRun } from '../contracts/run';
import { planExperiment, type ExperimentPlan, type PlannedRun } from '../dialogue/experiment-plan';
import { experimentPresets } from '../dialogue/experiment-presets';
import type { EngineWish } from './choices';
import type { ModelEntry } from './models';

/** The experiments that a page can run: none that plays its models by a script. */
export const pagePresets: readonly Experiment[] = experimentPresets.filter(
  ({ scripted }) => scripted !== true,
);

/** In a browser a model needs minutes for a dialogue; the command does the large ones. */
export const dialoguesOfPage = 10;

/** An experiment as the page first offers it. */
export function forPage(experiment: Experiment): Experiment {
  return { ...experiment, dialogues: Math.min(experiment.dialogues, dialoguesOfPage) };
}

/** Why only the command can run a system; `null`: the page can, too. */
function forCommand({ recommender, engines }: ExperimentSystem): string | null {
  if (engines !== undefined) return 'Its engines are those of the command.';
  if (/^modular(-graph)?:/.test(recommender)) {
    return 'A model as the generator of a modular system runs in the command only.';
  }
  return null;
}

/** The plan of an experiment for the page's runs, or why there is none. */
export type PagePlan = { ok: true; plan: ExperimentPlan } | { ok: false; error: ErrorData };

/** Plans what of an experiment this page can run. @param profiles all of its domain */
export function planForPage(
  experiment: Experiment,
  profiles: readonly Profile[],
  models: readonly ModelEntry[],
): PagePlan {
  const leftOut = experiment.systems.flatMap((system) => {
    const reason = forCommand(system);
    return reason === null ? [] : [{ system: system.id, title: system.title, reason }];
  });
  const systems = experiment.systems.filter(
    ({ id }) => !leftOut.some(({ system }) => system === id),
  );
  try {
    if (systems.length === 0) {
      throw new LabError('bad-config', 'Choose at least one system that this page can run.');
    }
    const plan = planExperiment({ ...experiment, systems }, profiles, { models });
    return { ok: true, plan: { ...plan, leftOut: [...plan.leftOut, ...leftOut] } };
  } catch (reason) {
    if (!(reason instanceof LabError) || isAbort(reason)) throw reason;
    return { ok: false, error: toErrorData(reason) };
  }
}

/** The plan's runs for the queue, as parts of one experiment. @param id tells this time from another */
export function queuedRunsOf(
  { runs }: ExperimentPlan,
  experiment: Experiment,
  { id, engine, now }: { id: string; engine: EngineWish; now: number },
): QueuedRun[] {
  const titleOf = (list: readonly { id: string; title: string }[], key: string) =>
    list.find((one) => one.id === key)?.title ?? key;
  return runs.map((run, i) => ({
    id: `${id}-${String(i)}`,
    domain: experiment.domain,
    seed: run.seed,
    config: run.config,
    seats: seatNames(run),
    models: modelNames(run),
    engine,
    profileIds: run.profileIds,
    experiment: {
      id,
      title: experiment.title,
      system: titleOf(experiment.systems, run.system),
      setting: experiment.settings.length === 1 ? null : titleOf(experiment.settings, run.setting),
    },
    status: 'waiting',
    runId: null,
    done: 0,
    failed: 0,
    error: null,
    createdAt: now + i,
  }));
}

function seatNames({ seats }: PlannedRun): Record<Role, string> {
  return { user: seats.user.name, recommender: seats.recommender.name };
}

function modelNames({ seats }: PlannedRun): Record<Role, string | null> {
  return { user: seats.user.model, recommender: seats.recommender.model };
}

/** An experiment as the queue has it. */
export interface QueuedExperiment {
  id: string;
  title: string;
  runs: readonly QueuedRun[];
  /** Dialogues that are over, and all. */
  done: number;
  failed: number;
  total: number;
  /** Its stored runs, for the evaluation. */
  runIds: readonly string[];
  /** Whether every run has come to its end. */
  over: boolean;
}

/** The experiments of a queue, the newest first. */
export function experimentsOf(queue: readonly QueuedRun[]): QueuedExperiment[] {
  const groups = new Map<string, QueuedRun[]>();
  for (const run of queue) {
    if (run.experiment === undefined) continue;
    groups.set(run.experiment.id, [...(groups.get(run.experiment.id) ?? []), run]);
  }
  const sum = (runs: readonly QueuedRun[], of: (run: QueuedRun) => number) =>
    runs.reduce((all, run) => all + of(run), 0);
  return [...groups.entries()]
    .map(([id, runs]) => ({
      id,
      title: runs[0]?.experiment?.title ?? id,
      runs,
      done: sum(runs, ({ done }) => done),
      failed: sum(runs, ({ failed }) => failed),
      total: sum(runs, ({ profileIds }) => profileIds.length),
      runIds: [...new Set(runs.flatMap(({ runId }) => runId ?? []))],
      over: runs.every(({ status }) => status === 'done'),
    }))
    .reverse();
}
