import { describe, expect, it } from 'vitest';
import type { Dialogue, Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import { LabError } from '../../../src/lib/contracts/errors';
import { alwaysAcceptUser, neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { seatRecords } from '../../../src/lib/state/seats';
import { Talk, type TalkPlan } from '../../../src/lib/state/talk.svelte';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

const catalogue = createCatalogue(tinyPack);

function planFor(user = neverAcceptUser(), earlier: readonly Turn[] = []) {
  const agent = rankerRecommender('popularity', createPopularityRanker(catalogue), catalogue);
  const seats = { user, recommender: { referenceDependent: false as const, agent } };
  const config = { ...defaultConfig, maxTurns: 6 };
  const run = createRun(
    { domain: 'tiny', seed: 1, config, models: seatRecords(seats), profileIds: [] },
    0,
  );
  const kept: { turns: number[]; outcomes: Outcome[]; begun: Dialogue[] } = {
    turns: [],
    outcomes: [],
    begun: [],
  };
  const plan: TalkPlan = {
    dialogue: { ...createDialogue(run, 'd', tinyProfile, false, 0), turns: earlier },
    seats,
    catalogue,
    keeper: {
      begin: async (dialogue) => void kept.begun.push(dialogue),
      turn: async (_id, index) => void kept.turns.push(index),
      finish: async (_id, outcome) => void kept.outcomes.push(outcome),
    },
  };
  return { plan, kept };
}

const until = async (holds: () => boolean) => {
  for (let i = 0; i < 1000 && !holds(); i++) await new Promise((done) => setTimeout(done, 1));
  expect(holds()).toBe(true);
};

describe('Talk', () => {
  it('holds a dialogue to its end and keeps each turn before the next one', async () => {
    const { plan, kept } = planFor(alwaysAcceptUser());
    const talk = new Talk();
    await talk.hold(() => Promise.resolve(plan), false);
    expect(talk.status).toBe('over');
    expect(talk.dialogue?.outcome?.status).toBe('accepted');
    expect(kept.turns).toEqual(talk.dialogue?.turns.map((_, i) => i));
    expect(kept.outcomes).toHaveLength(1);
  });

  it('steps one turn at a time, then goes on', async () => {
    const { plan } = planFor();
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), true);
    await until(() => talk.status === 'paused');
    expect(talk.dialogue?.turns).toHaveLength(1);
    talk.step();
    await until(() => talk.status === 'paused' && talk.dialogue?.turns.length === 2);
    talk.resume();
    await held;
    expect(talk.dialogue?.turns).toHaveLength(6);
    expect(talk.dialogue?.outcome?.status).toBe('limit');
  });

  it('stops while paused, and says that it was stopped', async () => {
    const { plan, kept } = planFor();
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), true);
    await until(() => talk.status === 'paused');
    talk.stop();
    await held;
    expect(kept.outcomes).toEqual([{ status: 'stopped', accepted: [], exchanges: 0 }]);
    expect(talk.error).toBeNull();
  });

  it('goes on from held turns without speaking them again', async () => {
    const whole = planFor();
    const talk = new Talk();
    await talk.hold(() => Promise.resolve(whole.plan), false);
    const all = talk.dialogue?.turns ?? [];
    const rest = planFor(neverAcceptUser(), all.slice(0, 3));
    await talk.hold(() => Promise.resolve(rest.plan), false);
    expect(rest.kept.turns).toEqual([3, 4, 5]);
    expect(talk.dialogue?.turns).toEqual(all);
  });

  it('shows why loading failed, and keeps what was on show', async () => {
    const talk = new Talk();
    const { plan } = planFor(alwaysAcceptUser());
    await talk.hold(() => Promise.resolve(plan), false);
    const before = talk.dialogue;
    await talk.hold(() => Promise.reject(new LabError('model-missing', 'No model.')), false);
    expect(talk.error).toMatchObject({ code: 'model-missing' });
    expect(talk.dialogue).toBe(before);
    expect(talk.status).toBe('over');
  });

  it('takes a cancelled load for no error', async () => {
    const talk = new Talk();
    const held = talk.hold(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
      false,
    );
    talk.stop();
    await held;
    expect(talk.error).toBeNull();
    expect(talk.status).toBe('idle');
  });
});
