import { describe, expect, it } from 'vitest';
import type { Dialogue, Outcome, Turn } from '../../../src/lib/contracts/dialogue';
import { LabError } from '../../../src/lib/contracts/errors';
import type { UserAgent } from '../../../src/lib/dialogue/agent';
import { modelUser } from '../../../src/lib/dialogue/model-agent';
import { rankerRecommender } from '../../../src/lib/dialogue/ranker-agent';
import { runDialogues, type RunDeps } from '../../../src/lib/dialogue/run-many';
import { honestUser } from '../../../src/lib/dialogue/scripted-users';
import { createRun, defaultConfig } from '../../../src/lib/dialogue/start';
import { oracleSeat } from '../../../src/lib/baseline/oracle';
import { createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { tinyProfile } from '../../support/tiny-domain';
import { answering, tiny } from './harness';

const recommender = rankerRecommender('popularity', createPopularityRanker(tiny), tiny);
const profiles = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ ...tinyProfile, id }));

/** Keeps what a store would. */
function memory() {
  const dialogues = new Map<string, Dialogue>();
  const change = (id: string, part: (dialogue: Dialogue) => Partial<Dialogue>) => {
    const dialogue = dialogues.get(id);
    if (!dialogue) throw new Error(`not begun: ${id}`);
    dialogues.set(id, { ...dialogue, ...part(dialogue) });
    return Promise.resolve();
  };
  return {
    dialogues,
    begin: (dialogue: Dialogue) => {
      if (!dialogue.resumed) dialogues.set(dialogue.id, dialogue);
      else return change(dialogue.id, () => ({ resumed: true }));
      return Promise.resolve();
    },
    turn: (id: string, index: number, turn: Turn) =>
      change(id, ({ turns }) => {
        expect(index).toBe(turns.length);
        return { turns: [...turns, turn] };
      }),
    finish: (id: string, outcome: Outcome) => change(id, () => ({ outcome })),
  };
}

function depsOf(
  sink: ReturnType<typeof memory>,
  user: UserAgent,
  rest: Partial<RunDeps> = {},
): RunDeps {
  const run = createRun(
    {
      domain: 'tiny',
      seed: 1,
      config: defaultConfig,
      models: { user: user.seat(), recommender: recommender.seat() },
      profileIds: profiles.map(({ id }) => id),
    },
    0,
  );
  return {
    run,
    profiles,
    catalogue: tiny,
    seats: { user, recommender: { referenceDependent: false, agent: recommender } },
    slots: 1,
    sink,
    held: new Map(),
    clock: () => 0,
    ...rest,
  };
}

describe('runDialogues', () => {
  it('holds one dialogue a profile, in order, and repeats one that stands there twice', async () => {
    const sink = memory();
    const twice = [...profiles, ...profiles.slice(0, 1)];
    await runDialogues(depsOf(sink, honestUser(), { profiles: twice }));
    expect([...sink.dialogues.values()].map(({ profileId }) => profileId)).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e',
      'a',
    ]);
    expect(new Set([...sink.dialogues.values()].map(({ outcome }) => outcome?.status))).toEqual(
      new Set(['accepted']),
    );
  });

  it('gives the same dialogues however many are in flight', async () => {
    const one = memory();
    const three = memory();
    await runDialogues(depsOf(one, honestUser()));
    let most = 0;
    let now = 0;
    await runDialogues(
      depsOf(
        {
          ...three,
          begin: (dialogue) => {
            most = Math.max(most, (now += 1));
            return three.begin(dialogue);
          },
          finish: (id, outcome) => {
            now -= 1;
            return three.finish(id, outcome);
          },
        },
        honestUser(),
        { slots: 3 },
      ),
    );
    expect(most).toBe(3);
    const byId = (sink: typeof one) =>
      [...sink.dialogues.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(byId(three)).toEqual(byId(one));
  });

  it('skips what is whole, and goes on with what is not', async () => {
    const first = memory();
    await runDialogues(depsOf(first, honestUser()));
    const [whole, part, ...rest] = [...first.dialogues.values()];
    if (!whole || !part) throw new Error('unreachable');
    const cut: Dialogue = { ...part, turns: part.turns.slice(0, 2), outcome: null };
    const second = memory();
    second.dialogues.set(cut.id, cut);
    await runDialogues(
      depsOf(second, honestUser(), {
        held: new Map([whole, cut].map((dialogue) => [dialogue.id, dialogue])),
      }),
    );
    expect([...second.dialogues.values()]).toEqual([{ ...part, resumed: true }, ...rest]);
  });

  it('records a failed dialogue and begins the next one', async () => {
    const sink = memory();
    let asked = 0;
    const flaky = answering(() => {
      asked += 1;
      if (asked === 2) throw new LabError('engine-timeout', 'Too slow.');
      return `[bye]\nBye ${String(asked)}.`;
    });
    await runDialogues(depsOf(sink, modelUser(flaky, tiny)));
    expect([...sink.dialogues.values()].map(({ outcome }) => outcome?.status)).toEqual([
      'declined',
      'failed',
      'declined',
      'declined',
      'declined',
    ]);
  });

  it("stops after three failures in a row with the engine's error, and leaves none unfinished", async () => {
    const sink = memory();
    const dead = answering(() => {
      throw new LabError('device-lost', 'The GPU is gone.', 'why');
    });
    await expect(
      runDialogues(depsOf(sink, modelUser(dead, tiny), { slots: 2 })),
    ).rejects.toMatchObject({
      code: 'device-lost',
      detail: 'why',
      message: expect.stringContaining('The GPU is gone.'),
    });
    expect([...sink.dialogues.values()].every(({ outcome }) => outcome?.status === 'failed')).toBe(
      true,
    );
    expect(sink.dialogues.size).toBeLessThan(5);
  });

  it('rejects with the reason of an abort and keeps what was finished', async () => {
    const sink = memory();
    const controller = new AbortController();
    const reason = new DOMException('stop', 'AbortError');
    await expect(
      runDialogues(
        depsOf(sink, honestUser(), {
          signal: controller.signal,
          onTurnStart: (id, index) => {
            if (sink.dialogues.size === 3 && index === 2) controller.abort(reason);
          },
        }),
      ),
    ).rejects.toBe(reason);
    const outcomes = [...sink.dialogues.values()].map(({ outcome }) => outcome?.status ?? null);
    expect(outcomes).toEqual(['accepted', 'accepted', null]);
  });

  it('passes on a store that cannot write', async () => {
    const sink = memory();
    const full = new LabError('storage-full', 'The disk is full.');
    await expect(
      runDialogues(depsOf({ ...sink, turn: () => Promise.reject(full) }, honestUser())),
    ).rejects.toBe(full);
  });

  it('hands targets to a seat that says so, and marks its dialogues', async () => {
    const sink = memory();
    const seat = oracleSeat(tiny);
    const deps = depsOf(sink, honestUser());
    await runDialogues({ ...deps, seats: { ...deps.seats, recommender: seat } });
    for (const { referenceDependent, turns } of sink.dialogues.values()) {
      expect(referenceDependent).toBe(true);
      expect(turns[1]?.actions).toEqual([{ type: 'recommend', items: ['film-4'] }]);
    }
  });
});

describe('createRun', () => {
  it('gives equal ids for equal plans and others for any change that decides a dialogue', () => {
    const plan = {
      domain: 'tiny',
      seed: 1,
      config: defaultConfig,
      models: { user: honestUser().seat(), recommender: recommender.seat() },
      profileIds: [],
    };
    const id = createRun(plan, 0).id;
    expect(createRun(plan, 99).id).toBe(id);
    for (const change of [
      { seed: 2 },
      { domain: 'other' },
      { config: { ...defaultConfig, maxTurns: 4 } },
      { models: { ...plan.models, user: { ...plan.models.user, hash: 'x' } } },
    ]) {
      expect(createRun({ ...plan, ...change }, 0).id).not.toBe(id);
    }
  });
});
