import type { QueuedRun } from '../../contracts/run';
import { say } from '../../ui/messages';
import type { LiveRunView, RunView } from '../../ui/runs/view';
import { recommenderSeats, userSeats } from '../choices';
import type { RunSnapshot } from '../runs-channel';

/** Names of models, by id. */
export type ModelTitles = ReadonlyMap<string, string>;

/** "User simulator 135M with Best match" */
export function runLabel({ seats, models }: QueuedRun, titles: ModelTitles, items: string): string {
  const name = (seat: string, model: string | null, known: readonly string[]): string => {
    if (model !== null) return titles.get(model) ?? model;
    return known.includes(seat) ? say(`seat.${seat as 'honest'}`, { items }) : seat;
  };
  if (seats.recommender === 'counterpart') {
    const title = name(seats.recommender, models.recommender, recommenderSeats);
    return say('runs.label.joint', { title });
  }
  return say('runs.label', {
    user: name(seats.user, models.user, userSeats),
    recommender: name(seats.recommender, models.recommender, recommenderSeats),
  });
}

export function runView(
  queued: QueuedRun,
  around: {
    titles: ModelTitles;
    items: string;
    /** The run that goes here or in another tab. */
    live: RunSnapshot | null;
    /** Where a run's dialogues are listed. */
    dialogues: (runId: string) => string;
  },
): RunView {
  const { config, seed, runId, status } = queued;
  const live = around.live?.queuedId === queued.id ? around.live : null;
  const { done, failed } = live ?? queued;
  return {
    id: queued.id,
    label: runLabel(queued, around.titles, around.items),
    settings: say('runs.settings', {
      k: config.candidates ?? say('runs.all'),
      temperature: config.sampling.user.temperature,
      turns: config.maxTurns,
      seed,
    }),
    // What is said to run, and no tab does, was cut short.
    status: live ? 'running' : status === 'running' ? 'interrupted' : status,
    done,
    failed,
    total: queued.profileIds.length,
    error: queued.error,
    dialogues: runId === null ? null : around.dialogues(runId),
  };
}

export function liveRunView(live: RunSnapshot, label: string): LiveRunView {
  const { phase, done, failed, total, perHour, secondsLeft, talking } = live;
  return { label, phase, done, failed, total, perHour, secondsLeft, talking };
}
