import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../src/lib/contracts/experiment';
import { planExperiment, settingsApart } from '../../../src/lib/dialogue/experiment-plan';
import { experimentPresets } from '../../../src/lib/dialogue/experiment-presets';
import { readExperiment } from '../../../src/lib/dialogue/experiment-read';
import { takenSeats } from '../../../src/lib/dialogue/experiment-seats';
import { shippedModels, type SeatedModel } from '../../../src/lib/engine/model-seats';
import { allMetrics } from '../../../src/lib/metrics/registry-all';
import { tinyProfile } from '../../support/tiny-domain';

const base: SeatedModel = { id: 'base', role: null };
const pair: readonly SeatedModel[] = [
  base,
  { id: shippedModels.user, role: 'user' },
  { id: shippedModels.recommender, role: 'recommender' },
  { id: shippedModels.both, role: 'both' },
];
const profiles = Array.from({ length: 40 }, (_, i) => ({
  ...tinyProfile,
  id: `p${String(i)}`,
  anonymity: 10 * (i + 1),
}));
const preset = (id: string): Experiment => {
  const found = experimentPresets.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};
const small = readExperiment({
  id: 'small',
  dialogues: 5,
  seeds: [3, 4],
  systems: [
    { id: 'a', user: 'honest', recommender: 'content' },
    { id: 'b', user: 'honest', recommender: 'random' },
  ],
  settings: [
    { id: 'few', candidates: 1, maxTurns: 6 },
    { id: 'all', candidates: null },
  ],
});

describe('the plan of an experiment', () => {
  it('is systems x settings x seeds, over the same profiles, and the same each time', () => {
    const plan = planExperiment(small, profiles, { models: [] });
    expect(plan.runs.map(({ name, seed }) => [name, seed])).toEqual([
      ['a-few', 3],
      ['a-few', 4],
      ['a-all', 3],
      ['a-all', 4],
      ['b-few', 3],
      ['b-few', 4],
      ['b-all', 3],
      ['b-all', 4],
    ]);
    expect(new Set(plan.runs.map(({ profileIds }) => profileIds.join())).size).toBe(1);
    expect(plan.dialogues).toBe(40);
    expect(plan.runs[0]?.config).toMatchObject({ candidates: 1, maxTurns: 6 });
    expect(plan.runs[2]?.config).toMatchObject({ candidates: null, maxTurns: 20 });
    expect(planExperiment(small, profiles, { models: [] })).toEqual(plan);
  });

  it('begins a longer one with the profiles of a shorter one, and says when there are too few', () => {
    const shorter = planExperiment(small, profiles, { models: [] });
    const longer = planExperiment({ ...small, dialogues: 99 }, profiles, { models: [] });
    const ids = (plan: typeof shorter) => plan.runs[0]?.profileIds ?? [];
    expect(ids(longer).slice(0, 5)).toEqual(ids(shorter));
    expect(longer.short.map(({ profiles: count }) => count)).toEqual([40, 40]);
    expect(shorter.short).toEqual([]);
  });

  it('keeps to a range of anonymity, and to one setting a report where only that differs', () => {
    const swept = preset('sweep-anonymity');
    const { runs } = planExperiment(swept, profiles, { models: [] });
    for (const { setting, profileIds } of runs) {
      const [least, most] = swept.settings.find(({ id }) => id === setting)?.anonymity ?? [0, 0];
      const found = profileIds.map((id) => profiles.find((one) => one.id === id)?.anonymity ?? -1);
      expect(found.every((anonymity) => anonymity >= least && anonymity <= most)).toBe(true);
    }
    expect(settingsApart(swept)).toBe(true);
    expect(settingsApart(preset('sweep-k'))).toBe(false);
  });

  it('leaves out what has no model, with the reason, and refuses when nothing is left', () => {
    const paper = preset('paper');
    const without = planExperiment(preset('sweep-turns'), profiles, { models: [base] });
    expect(new Set(without.runs.map(({ system }) => system))).toEqual(new Set(['controls']));
    expect(without.leftOut.map(({ system }) => system)).toEqual(['pair', 'honest', 'learned']);
    expect(without.leftOut[0]?.reason).toContain(shippedModels.user);
    expect(() => planExperiment(paper, profiles, { models: [base] })).toThrow(/does not ship yet/);
    const whole = planExperiment(paper, profiles, { models: pair });
    expect(whole.leftOut).toEqual([]);
    expect(new Set(whole.runs.map(({ system }) => system)).size).toBe(paper.systems.length);
    expect(whole.runs.every(({ config }) => config.trace)).toBe(true);
  });
});

describe('who takes the seats of a system', () => {
  const seats = (user: string, recommender: string, models = pair) =>
    takenSeats({ id: 's', title: 's', user, recommender }, { models });

  it('reads controls, models by what they are, and generators', () => {
    expect(seats('honest', 'modular:zero-shot')).toEqual({
      user: { name: 'honest', model: null },
      recommender: { name: 'modular', model: 'base' },
      counterpart: false,
    });
    expect(seats('shipped', 'base').recommender).toEqual({ name: 'model', model: 'base' });
    expect(seats('counterpart', 'counterpart')).toMatchObject({
      user: { name: 'counterpart', model: shippedModels.both },
      counterpart: true,
    });
  });

  it('refuses a model in the wrong seat, one that is not there, and half a counterpart', () => {
    expect(() => seats(shippedModels.recommender, 'content')).toThrow(/cannot be the user/);
    expect(() => seats('nobody', 'content')).toThrow(/no model "nobody"/);
    expect(() => seats('counterpart', 'content')).toThrow(/both seats/);
    expect(() => seats('shipped', 'content', [base])).toThrow(/does not ship/);
  });

  it('lets other models stand for the shipped ones', () => {
    const system = { id: 's', title: 's', user: 'shipped', recommender: 'zero-shot' };
    const at = { models: [], open: true, standIns: { user: 'mine', 'zero-shot': 'theirs' } };
    const { user, recommender } = takenSeats(system, at);
    expect([user.model, recommender.model]).toEqual(['mine', 'theirs']);
  });
});

describe('an experiment as a file', () => {
  it.each(experimentPresets.map((one) => [one.id, one] as const))(
    'reads the preset %s back as it is',
    (_, one) => {
      expect(readExperiment(JSON.parse(JSON.stringify(one)))).toEqual(one);
    },
  );

  it.each([
    [{}, /"id"/],
    [{ id: 'Up/..' }, /lower-case/],
    [{ id: 'x', systems: [] }, /"systems" must be a list/],
    [{ id: 'x', systems: [{ id: 'a', user: 'honest' }] }, /systems\[0\]: "recommender"/],
    [{ ...small, dialogues: 0 }, /"dialogues" must be a whole number/],
    [{ ...small, dialogues: Number.NaN }, /"dialogues"/],
    [{ ...small, seeds: [1, 1] }, /names "1" twice/],
    [{ ...small, speed: 1 }, /"speed" is unknown/],
    [{ ...small, settings: [{ id: 'x', anonymity: [9, 1] }] }, /lesser first/],
    [{ ...small, tables: [{ id: 't', systems: ['zz'], metrics: ['m'] }] }, /"zz"/],
    ['text', /must be an object/],
  ])('refuses %j', (value, problem) => {
    expect(() => readExperiment(value)).toThrow(problem);
  });

  it('names metrics and domains that there are', () => {
    const domains = JSON.parse(
      readFileSync(new URL('../../../static/domains/index.json', import.meta.url), 'utf8'),
    ) as { id: string }[];
    const metrics = new Set(allMetrics.map(({ id }) => id));
    // Those two families need an encoder, or people to compare with.
    const isKnown = (id: string) => metrics.has(id) || /^(match-score|people-)/.test(id);
    for (const { domain, tables } of experimentPresets) {
      expect(domains.map(({ id }) => id)).toContain(domain);
      expect(tables.flatMap((table) => table.metrics).filter((id) => !isKnown(id))).toEqual([]);
    }
  });
});
