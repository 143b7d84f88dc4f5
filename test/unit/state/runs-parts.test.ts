import { describe, expect, it } from 'vitest';
import type { ChatEngine } from '../../../src/lib/contracts/engine';
import { LabError } from '../../../src/lib/contracts/errors';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';
import { firstChoices } from '../../../src/lib/state/choices';
import { PaceMeter } from '../../../src/lib/state/runs-pace';
import {
  mostDialogues,
  profilesOfWish,
  readNumbers,
  runsOfWish,
  sizeOfWish,
  type RunWish,
} from '../../../src/lib/state/runs-plan';
import { recoveringEngine } from '../../../src/lib/state/runs-recover';

describe('the pace of a run', () => {
  it('is not known before a dialogue is over', () => {
    const meter = new PaceMeter();
    expect(meter.read(10, 1)).toEqual({ perHour: null, secondsLeft: null });
    expect(meter.read(0, 1).secondsLeft).toBe(0);
  });

  it('comes from the latest dialogues, and from how many are held at once', () => {
    const meter = new PaceMeter();
    for (let i = 0; i < 200; i++) meter.add(60_000);
    for (let i = 0; i < 50; i++) meter.add(30_000);
    expect(meter.read(10, 1)).toEqual({ perHour: 120, secondsLeft: 300 });
    expect(meter.read(10, 2)).toEqual({ perHour: 240, secondsLeft: 150 });
  });

  it('does not count a night that the machine slept through, nor a clock that jumps back', () => {
    const meter = new PaceMeter();
    for (let i = 0; i < 9; i++) meter.add(30_000);
    meter.add(8 * 3_600_000);
    expect(meter.read(10, 1).perHour).toBeCloseTo(120);
    meter.add(-5000);
    expect(meter.read(10, 1).perHour).toBeGreaterThan(0);
  });
});

const wish: RunWish = {
  profiles: 2,
  order: 'first',
  seedsPerProfile: 2,
  recommenders: ['model', 'random'],
  candidates: [1, 10],
  temperatures: [0.7],
};
const choices = {
  ...firstChoices,
  domain: 'tiny',
  models: { user: 'user-1', recommender: 'recommender-1' },
};
const ids = () => {
  let next = 0;
  return () => `id-${String(next++)}`;
};

describe('the runs of a wish', () => {
  it('are its combinations, each with every profile as often as wished', () => {
    const runs = runsOfWish(wish, choices, ['a', 'b', 'c'], 100, ids());
    expect(
      runs.map(({ seats, config, models }) => [
        seats.recommender,
        config.candidates,
        models.recommender,
      ]),
    ).toEqual([
      ['model', 1, 'recommender-1'],
      ['model', 10, 'recommender-1'],
      ['random', 1, null],
      ['random', 10, null],
    ]);
    expect(new Set(runs.map(({ profileIds }) => profileIds.join()))).toEqual(new Set(['a,b,a,b']));
    expect(runs.map(({ createdAt }) => createdAt)).toEqual([100, 101, 102, 103]);
    expect(sizeOfWish(wish, 3)).toEqual({ runs: 4, each: 4, dialogues: 16 });
  });

  it('offer the whole catalogue at K = 0, and keep no prompts', () => {
    const [run] = runsOfWish({ ...wish, candidates: [0] }, choices, ['a'], 0, ids());
    expect(run?.config).toMatchObject({ candidates: null, trace: false });
  });

  it('draw profiles by the seed', () => {
    const all = Array.from({ length: 50 }, (_, i) => String(i));
    const drawn = (seed: number) =>
      profilesOfWish({ profiles: 5, order: 'drawn', seedsPerProfile: 1 }, all, seed);
    expect(drawn(1)).toEqual(drawn(1));
    expect(drawn(1)).not.toEqual(drawn(2));
    expect(new Set(drawn(3)).size).toBe(5);
  });

  it('are refused when there is none, or more than can be kept', () => {
    const make = (part: Partial<RunWish>, available = ['a']) =>
      runsOfWish({ ...wish, ...part }, choices, available, 0, ids());
    expect(() => make({ recommenders: [] })).toThrow('names no dialogue');
    expect(() => make({}, [])).toThrow('names no dialogue');
    expect(() => make({ seedsPerProfile: mostDialogues })).toThrow('at most');
  });

  it('take numbers as they are listed, or say that they are none', () => {
    expect(readNumbers('1, 10 50;10', 0, 100)).toEqual([1, 10, 50]);
    expect(readNumbers('1, x', 0, 100)).toBeNull();
    expect(readNumbers('101', 0, 100)).toBeNull();
    expect(readNumbers(' ', 0, 100)).toBeNull();
  });
});

describe('an engine that is lost', () => {
  const model = { id: 'm', location: 'none' };
  const request = {
    messages: [
      { role: 'system', content: 'Talk.' },
      { role: 'user', content: 'Hi' },
    ],
    seed: 2 ** 25,
    sampling: { temperature: 0, topP: 1, maxTokens: 9 },
  } as const;
  const lost = new LabError('device-lost', 'The GPU is gone.');

  /** Dies, as a worker does, at its first answer. */
  async function dying(): Promise<ChatEngine> {
    const engine = new ScriptedEngine(['never']);
    await engine.load(model);
    return {
      ...bound(engine),
      complete: async () => {
        await engine.unload();
        throw lost;
      },
    };
  }
  async function living(): Promise<ChatEngine> {
    const engine = new ScriptedEngine(() => 'Hello.');
    await engine.load(model);
    return bound(engine);
  }
  const bound = (engine: ScriptedEngine): ChatEngine => ({
    load: (...args) => engine.load(...args),
    complete: (...args) => engine.complete(...args),
    reset: () => engine.reset(),
    info: () => engine.info(),
    unload: () => engine.unload(),
  });

  it('is loaded again, and the same turn asked for again', async () => {
    let recovered = 0;
    const engine = recoveringEngine(await dying(), {
      reload: living,
      onRecovered: () => Promise.resolve(void (recovered += 1)),
      onLost: () => expect.unreachable(),
    });
    expect((await engine.complete(request)).text).toBe('Hello.');
    expect(recovered).toBe(1);
    expect(engine.info()).not.toBeNull();
  });

  it('that cannot be had again, or dies each time, is given up with the reason', async () => {
    const gone = new LabError('engine-unavailable', 'No adapter.');
    const given: LabError[] = [];
    const onLost = (error: LabError) => void given.push(error);
    const onRecovered = () => Promise.resolve();
    const never = recoveringEngine(await dying(), {
      reload: () => Promise.reject(gone),
      onRecovered,
      onLost,
    });
    await expect(never.complete(request)).rejects.toBe(gone);
    const again = recoveringEngine(await dying(), { reload: dying, onRecovered, onLost });
    await expect(again.complete(request)).rejects.toBe(lost);
    expect(given).toEqual([gone, lost]);
  });

  it('but lives after a failure, passes the failure on', async () => {
    const engine = recoveringEngine(bound(new ScriptedEngine([])), {
      reload: () => expect.unreachable() as never,
      onRecovered: () => Promise.resolve(),
      onLost: () => expect.unreachable(),
    });
    await engine.load(model);
    await expect(engine.complete(request)).rejects.toMatchObject({ code: 'engine-failed' });
  });
});
