import { describe, expect, it } from 'vitest';
import type { Dialogue, Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import type { ProfileEdit } from '../../../src/lib/contracts/profile';
import { LabError } from '../../../src/lib/contracts/errors';
import { alwaysAcceptUser, neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import { personAgent } from '../../../src/lib/dialogue/human-agent';
import { modelUser } from '../../../src/lib/dialogue/model-agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { createDialogue, createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { wishOf } from '../../../src/lib/profile/steer';
import { Person } from '../../../src/lib/state/person.svelte';
import { seatRecords } from '../../../src/lib/state/seats';
import { Talk, type TalkPlan } from '../../../src/lib/state/talk.svelte';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import { answering } from '../dialogue/harness';

const catalogue = createCatalogue(tinyPack);

function planFor(user = neverAcceptUser(), earlier: readonly Turn[] = []) {
  const agent = rankerRecommender('popularity', createPopularityRanker(catalogue), catalogue);
  const seats = { user, recommender: { referenceDependent: false as const, agent } };
  const config = { ...defaultConfig, maxTurns: 6 };
  const run = createRun(
    { domain: 'tiny', seed: 1, config, models: seatRecords(seats), profileIds: [] },
    0,
  );
  const kept: {
    turns: number[];
    outcomes: Outcome[];
    begun: Dialogue[];
    edits: ProfileEdit[][];
  } = { turns: [], outcomes: [], begun: [], edits: [] };
  const plan: TalkPlan = {
    dialogue: { ...createDialogue(run, 'd', tinyProfile, false, 0), turns: earlier },
    seats,
    catalogue,
    keeper: {
      begin: async (dialogue) => void kept.begun.push(dialogue),
      turn: async (_id, index) => void kept.turns.push(index),
      steer: async (_id, { edits = [] }) => void kept.edits.push([...edits]),
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

describe('steering', () => {
  const wish = { ...wishOf(tinyProfile), summary: 'Wants to laugh.', patience: 'low' as const };
  const prompts = (engine: ReturnType<typeof answering>) =>
    engine.requests.map(({ messages }) => messages[0]?.content ?? '');
  const chatter = () => answering((_, asked) => `[chat]\nHm ${String(asked)}.`);

  it('has the simulator follow the changed brief from its next turn on, and records the change', async () => {
    const engine = chatter();
    const { plan, kept } = planFor(modelUser(engine, catalogue));
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), true);
    await until(() => talk.status === 'paused');
    await talk.steer(wish, plan);
    await until(() => talk.dialogue?.edits !== undefined);
    // While it is paused a change is kept at once: a reload loses none.
    expect(kept.edits).toHaveLength(1);
    talk.resume();
    await held;
    const [first, ...later] = prompts(engine);
    expect(first).toContain(tinyProfile.summary);
    expect(later).toHaveLength(2);
    for (const prompt of later) {
      expect(prompt).toContain('Wants to laugh. You lose patience soon.');
      expect(prompt).not.toContain(tinyProfile.summary);
    }
    expect(talk.dialogue).toMatchObject({
      profile: { summary: 'Wants to laugh.', patience: 'low' },
      edits: [
        {
          turn: 1,
          changes: [
            { field: 'summary', from: tinyProfile.summary, to: 'Wants to laugh.' },
            { field: 'patience', from: null, to: 'low' },
          ],
        },
      ],
    });
    expect(kept.turns).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('leaves the turn in flight alone', async () => {
    let answer: (text: string) => void = () => undefined;
    const engine = answering((_, asked) =>
      asked === 0
        ? new Promise<string>((resolve) => {
            answer = resolve;
          })
        : `[chat]\nHm ${String(asked)}.`,
    );
    const { plan } = planFor(modelUser(engine, catalogue));
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), false);
    await until(() => engine.requests.length === 1);
    await talk.steer(wish, plan);
    expect(talk.wish).toEqual(wish);
    expect(talk.dialogue?.edits).toBeUndefined();
    answer('[chat]\nHello.');
    await held;
    expect(talk.dialogue?.edits?.[0]?.turn).toBe(1);
    expect(prompts(engine)[1]).toContain('Wants to laugh.');
    expect(talk.wish).toBeNull();
  });

  it('changes no prompt when only the hidden targets are changed', async () => {
    const seen = await Promise.all(
      [false, true].map(async (steered) => {
        const engine = chatter();
        const { plan } = planFor(modelUser(engine, catalogue));
        const talk = new Talk();
        const held = talk.hold(() => Promise.resolve(plan), true);
        await until(() => talk.status === 'paused');
        if (steered) await talk.steer({ ...wishOf(tinyProfile), targets: ['film-1'] }, plan);
        talk.resume();
        await held;
        expect(talk.dialogue?.targets).toEqual(steered ? ['film-1'] : tinyProfile.targets);
        return engine.requests.map(({ messages, grammar, seed }) => ({ messages, grammar, seed }));
      }),
    );
    expect(seen[1]).toEqual(seen[0]);
  });

  it('changes a dialogue that was stopped, for when it goes on', async () => {
    const engine = chatter();
    const { plan, kept } = planFor(modelUser(engine, catalogue));
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), true);
    await until(() => talk.status === 'paused');
    talk.stop();
    await held;
    await talk.steer(wish, plan);
    expect(kept.edits).toHaveLength(1);
    const dialogue = talk.dialogue;
    if (dialogue === null) throw new Error('no dialogue');
    const resumed = { ...dialogue, outcome: null, resumed: true };
    await talk.hold(() => Promise.resolve({ ...plan, dialogue: resumed }), false);
    expect(prompts(engine)[1]).toContain('Wants to laugh.');
    expect(talk.dialogue).toMatchObject({ resumed: true, edits: [{ turn: 1 }] });
  });

  it('says of a change that came after the end that it did', async () => {
    let answer: (text: string) => void = () => undefined;
    const engine = answering(
      () =>
        new Promise<string>((resolve) => {
          answer = resolve;
        }),
    );
    const { plan, kept } = planFor(modelUser(engine, catalogue));
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), false);
    await until(() => engine.requests.length === 1);
    await talk.steer(wish, plan);
    answer('[bye]\nBye.');
    await held;
    expect(talk.wish).toEqual(wish);
    expect(talk.dialogue?.edits).toBeUndefined();
    expect(kept.edits).toEqual([]);
    talk.show(null);
    expect(talk.wish).toBeNull();
  });

  it('refuses a profile that is none, and changes nothing', async () => {
    const { plan } = planFor();
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), true);
    await until(() => talk.status === 'paused');
    await expect(talk.steer({ ...wish, wanted: [] }, plan)).rejects.toMatchObject({
      code: 'profile-invalid',
    });
    expect(talk.wish).toBeNull();
    talk.stop();
    await held;
  });
});

describe('a person at the page', () => {
  async function begin(person: Person, earlier: readonly Turn[] = []) {
    const user = personAgent(person.ask, () => 0);
    const { plan, kept } = planFor(user, earlier);
    const talk = new Talk();
    const held = talk.hold(() => Promise.resolve(plan), false);
    await until(() => person.asked !== null);
    return { talk, held, kept };
  }

  it('is asked turn by turn, and each turn is kept as it happens', async () => {
    const person = new Person();
    const { talk, held, kept } = await begin(person);
    expect(person.asked).toEqual({ role: 'user', slate: 2 });
    expect(talk.live).toBeNull();
    person.draft = 'Something scary.';
    person.answer([{ type: 'inform' }], person.draft, catalogue);
    expect(person.draft).toBe('');
    await until(() => person.asked !== null);
    expect(kept.turns).toEqual([0, 1]);
    const items = talk.dialogue?.turns[1]?.actions[0]?.items ?? [];
    person.answer([{ type: 'accept', items }], 'Yes!', catalogue);
    await until(() => person.asked !== null);
    person.answer([{ type: 'bye' }], 'Bye!', catalogue);
    await held;
    expect(talk.dialogue?.outcome).toMatchObject({ status: 'accepted', accepted: items });
    expect(talk.dialogue?.models.user.human).toBe(true);
    expect(talk.dialogue?.turns[2]?.raw).toBe('[accept: It (2017)]\nYes!');
  });

  it('goes on after a reload with what was typed and not sent', async () => {
    const values = new Map<string, string>();
    const storage = {
      getItem: (key: string) => values.get(key) ?? null,
      setItem: (key: string, value: string) => void values.set(key, value),
    };
    const before = new Person(storage);
    const first = await begin(before);
    before.answer([{ type: 'inform' }], 'Something scary.', catalogue);
    await until(() => before.asked !== null);
    before.draft = 'Not th';
    const turns = first.talk.dialogue?.turns ?? [];
    first.talk.stop();
    await first.held;
    expect(before.asked).toBeNull();
    const after = new Person(storage);
    expect(after.draft).toBe('Not th');
    const { talk, held, kept } = await begin(after, turns);
    after.answer([{ type: 'bye' }], 'Not that. Bye.', catalogue);
    await held;
    expect(kept.turns).toEqual([2]);
    expect(talk.dialogue?.turns.slice(0, 2)).toEqual(turns);
  });

  it('is not heard when nobody asked', () => {
    const person = new Person();
    person.draft = 'Hm';
    person.answer([], 'Hm', catalogue);
    expect(person.draft).toBe('Hm');
  });
});
