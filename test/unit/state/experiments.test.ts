import { describe, expect, it } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { shippedModels } from '../../../src/lib/engine/model-seats';
import { measuredPaces, secondsOfRun } from '../../../src/lib/state/experiment-pace';
import {
  experimentsOf,
  forPage,
  pagePresets,
  planForPage,
  queuedRunsOf,
} from '../../../src/lib/state/experiment-runs';
import { ExperimentPlanner } from '../../../src/lib/state/experiments.svelte';
import type { ModelEntry } from '../../../src/lib/state/models';
import { queuedExperimentView } from '../../../src/lib/state/views/experiments';
import { tinyProfile } from '../../support/tiny-domain';
import { turnOf } from '../dialogue/harness';
import { freshStores } from '../store/fresh-store';
import { aQueued, runsOn } from './runs-support';

const profiles = Array.from({ length: 12 }, (_, i) => ({
  ...tinyProfile,
  id: `p${String(i)}`,
  anonymity: 25 * (i + 1),
}));
const model = (id: string, role: ModelEntry['role']): ModelEntry => ({
  id,
  role,
  title: id,
  bytes: 1,
  location: id,
  card: null,
  added: false,
});
const base = model('base', null);
const shipped = [
  base,
  model(shippedModels.user, 'user'),
  model(shippedModels.recommender, 'recommender'),
  model(shippedModels.both, 'both'),
];
const preset = (id: string) => {
  const found = pagePresets.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return forPage(found);
};
const planned = (id: string, models = shipped) => {
  const result = planForPage(preset(id), profiles, models);
  if (!result.ok) throw new Error(result.error.message);
  return result.plan;
};

describe('experiments of the page', () => {
  it('offers what a browser can do in minutes, and no scripted engine', () => {
    expect(pagePresets.map(({ id }) => id)).not.toContain('smoke');
    expect(preset('paper').dialogues).toBe(10);
  });

  it('plans the paper with the counterpart in both seats, and leaves out what only the command can do', () => {
    const plan = planned('paper');
    expect(plan.leftOut.map(({ system }) => system)).toEqual(['recommender-modular-model']);
    expect(plan.runs.at(-1)?.seats.user).toEqual({
      name: 'counterpart',
      model: shippedModels.both,
    });
    expect(new Set(plan.runs.map(({ profileIds }) => profileIds.join())).size).toBe(1);
  });

  it('says why nothing can be run', () => {
    const none = planForPage(preset('paper'), profiles, [base]);
    expect(none).toMatchObject({ ok: false, error: { code: 'bad-config' } });
    const empty = planForPage({ ...preset('paper'), systems: [] }, profiles, shipped);
    expect(empty).toMatchObject({ ok: false });
  });

  it('becomes runs of the queue that are held, kept together and evaluated together', async () => {
    const store = await freshStores()();
    const { runs } = runsOn(store);
    const plan = planned('controls', [base]);
    const queued = queuedRunsOf(plan, preset('controls'), { id: 'e', engine: 'auto', now: 5 });
    expect(queued).toHaveLength(10);
    // The runs of these tests know four profiles of their own.
    await runs.add(queued.map((run) => ({ ...run, domain: 'tiny', profileIds: ['a', 'b'] })));
    await runs.work();
    expect(runs.error).toBeNull();
    const [held] = experimentsOf(runs.queue);
    expect(held).toMatchObject({ id: 'e', title: 'Controls', done: 20, total: 20, over: true });
    const view = held && queuedExperimentView(held, null, (ids) => `/evaluate?runs=${ids.join()}`);
    expect(view).toMatchObject({ status: 'done', first: null, problems: [] });
    expect(view?.evaluate).toBe(`/evaluate?runs=${held?.runIds.join() ?? ''}`);
  });

  it('counts the run that goes, and none that belongs to no experiment', () => {
    const [first] = queuedRunsOf(planned('controls'), preset('controls'), {
      id: 'e',
      engine: 'auto',
      now: 5,
    });
    if (!first) throw new Error('no runs');
    const [held] = experimentsOf([first, aQueued({ id: 'alone' })]);
    if (!held) throw new Error('no experiment');
    const live = {
      queuedId: first.id,
      phase: 'running' as const,
      done: 4,
      failed: 1,
      total: 10,
      perHour: null,
      secondsLeft: null,
      talking: null,
    };
    const view = queuedExperimentView(held, live, () => '');
    expect(view).toMatchObject({
      done: 4,
      failed: 1,
      total: 10,
      status: 'running',
      evaluate: null,
    });
    expect(view.now).toBe('Learned ranker alone');
  });
});

describe('how long an experiment takes', () => {
  const spoken = (id: string, engine: 'wasm' | 'native'): Dialogue =>
    ({
      id,
      models: { user: { id: 'base', engine }, recommender: { id: 'learned', engine: 'none' } },
      turns: [
        turnOf('user', { ms: { prefill: null, decode: null, total: 3000 } }),
        turnOf('recommender', { ms: { prefill: null, decode: null, total: 500 } }),
        turnOf('user', { ms: { prefill: null, decode: null, total: 1000 } }),
      ],
      outcome: { status: 'limit', accepted: [], exchanges: 1 },
    }) as unknown as Dialogue;

  it('is taken from dialogues that this browser held, and is unknown where it held none', async () => {
    const kept = [spoken('a', 'wasm'), spoken('b', 'native')];
    const store = {
      findDialogues: () => Promise.resolve(kept.map(({ id }) => id)),
      getDialogue: (id: string) => Promise.resolve(kept.find((one) => one.id === id) ?? null),
    };
    const paces = await measuredPaces(store, { user: ['base'], recommender: [] });
    expect([...paces.user]).toEqual([['base', 4]]);
    const [run] = planned('controls').runs;
    if (!run) throw new Error('no run');
    const seated = (name: string | null) => ({
      ...run,
      seats: { ...run.seats, user: { name: 'model', model: name } },
    });
    expect(secondsOfRun(seated('base'), paces)).toBeCloseTo(10 * 4.05);
    expect(secondsOfRun(seated('other'), paces)).toBeNull();
  });
});

describe('the planner', () => {
  const planner = (models: readonly ModelEntry[]) =>
    new ExperimentPlanner({
      profiles: () => Promise.resolve(profiles),
      models: () => models,
      store: () => ({
        findDialogues: () => Promise.resolve([]),
        getDialogue: () => Promise.resolve(null),
      }),
    });

  it('takes systems in and out, and the tables with them', async () => {
    const one = planner(shipped);
    await one.choose('controls');
    await one.toggle('honest-oracle');
    expect(one.plan?.runs.some(({ system }) => system === 'honest-oracle')).toBe(false);
    expect(one.experiment.tables.flatMap(({ systems }) => systems)).not.toContain('honest-oracle');
    await one.toggle('honest-oracle');
    expect(one.experiment.systems).toEqual(one.origin.systems);
    await one.change({ dialogues: 3, seeds: [1, 2] });
    expect(one.plan?.dialogues).toBe(10 * 3 * 2);
    expect(one.allSeconds).toBeCloseTo(60 * 0.1);
  });

  it('opens a file of its own, and tells what is wrong with another without losing the one on show', async () => {
    const one = planner([base]);
    await one.openFile(JSON.stringify({ ...preset('controls'), id: 'mine', dialogues: 2 }));
    expect([one.origin.id, one.plan?.dialogues, one.error]).toEqual(['mine', 20, null]);
    await one.openFile('{"id": "x"');
    expect(one.error?.code).toBe('bad-config');
    expect(one.origin.id).toBe('mine');
    await one.openFile('{"id": "x", "systems": [{"id": "a", "user": "honest"}]}');
    expect(one.error?.message).toContain('systems[0]');
  });
});
