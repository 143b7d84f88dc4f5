import type { ExperimentPlan } from '../../dialogue/experiment-plan';
import type { Experiment } from '../../contracts/experiment';
import { formatDuration } from '../../ui/format';
import { say } from '../../ui/messages';
import type { PlanRowView, QueuedExperimentView } from '../../ui/experiments/view';
import type { QueuedExperiment } from '../experiment-runs';
import type { RunSnapshot } from '../runs-channel';
import type { ModelTitles } from './runs';

/** The plan, a row a run. @param seconds by run; `null` unknown */
export function planRows(
  { runs }: ExperimentPlan,
  experiment: Experiment,
  seconds: readonly (number | null)[],
  titles: ModelTitles,
  items: string,
): PlanRowView[] {
  const seat = ({ name, model }: { name: string; model: string | null }) => {
    const title = model === null ? null : (titles.get(model) ?? model);
    return title ?? say(`seat.${name as 'honest'}`, { items });
  };
  return runs.map((run, i) => {
    const spent = seconds[i] ?? null;
    return {
      id: `${run.name} ${String(run.seed)}`,
      system: experiment.systems.find(({ id }) => id === run.system)?.title ?? run.system,
      setting: experiment.settings.find(({ id }) => id === run.setting)?.title ?? run.setting,
      user: seat(run.seats.user),
      recommender: seat(run.seats.recommender),
      seed: run.seed,
      dialogues: run.profileIds.length,
      time: spent === null ? say('experiments.time.unknown') : formatDuration(spent),
    };
  });
}

/** An experiment of the queue; the run that goes tells how far it is. */
export function queuedExperimentView(
  { id, title, runs, done, failed, total, over, runIds }: QueuedExperiment,
  live: RunSnapshot | null,
  evaluate: (runIds: readonly string[]) => string,
): QueuedExperimentView {
  const going = runs.find((run) => run.id === live?.queuedId);
  const ahead = going && live ? live.done - going.done : 0;
  return {
    id,
    title,
    done: done + ahead,
    failed: failed + (going && live ? live.failed - going.failed : 0),
    total,
    now: going?.experiment
      ? [going.experiment.system, going.experiment.setting].filter(Boolean).join(', ')
      : null,
    status: going ? 'running' : over ? 'done' : 'waiting',
    problems: runs.flatMap((run) =>
      run.error === null ? [] : [{ system: run.experiment?.system ?? run.id, error: run.error }],
    ),
    first: runs.find(({ status }) => status !== 'done')?.id ?? null,
    evaluate: runIds.length === 0 ? null : evaluate(runIds),
  };
}
