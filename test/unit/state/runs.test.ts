import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { LabError } from '../../../src/lib/contracts/errors';
import type { UserAgent } from '../../../src/lib/dialogue/agent';
import { neverAcceptUser } from '../../../src/lib/dialogue/scripted-users';
import type { RunMessage } from '../../../src/lib/state/runs-channel';
import type { LabStore } from '../../../src/lib/store';
import { freshStores } from '../store/fresh-store';
import { aQueued, prepared, runsOn, until } from './runs-support';

const open = freshStores();

async function recordsOf(store: LabStore): Promise<Dialogue[]> {
  const ids = await store.findDialogues({}, 'oldest');
  const records = await Promise.all(ids.map((id) => store.getDialogue(id)));
  return records.flatMap((record) => record ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What two equal runs may differ in is left out. */
const said = (records: readonly Dialogue[]) =>
  records.map(({ id, profileId, outcome, turns }) => ({
    id,
    profileId,
    outcome,
    turns: turns.map(({ ms: _ms, ...turn }) => turn),
  }));

/** A user that fails in the turns for which `fails` says so, counted over its life. */
function flaky(fails: (asked: number) => LabError | null): UserAgent {
  const user = neverAcceptUser();
  let asked = 0;
  return {
    ...user,
    respond: (view, request) => {
      const error = fails(asked++);
      return error ? Promise.reject(error) : user.respond(view, request);
    },
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a queue of runs', () => {
  it('is worked through in order; each run and dialogue is stored with its end', async () => {
    const store = await open();
    const { runs, posted } = runsOn(store);
    await runs.add([aQueued(), aQueued({ id: 'queued-2', seed: 2, createdAt: 2 })]);
    await runs.work();
    expect(runs.error).toBeNull();
    expect(runs.phase).toBe('idle');
    expect(runs.queue.map(({ status, done, failed }) => [status, done, failed])).toEqual([
      ['done', 3, 0],
      ['done', 3, 0],
    ]);
    expect((await store.listRuns()).map(({ status }) => status)).toEqual(['done', 'done']);
    const records = await recordsOf(store);
    expect(records).toHaveLength(6);
    expect(
      records.every(({ outcome, turns }) => outcome?.status === 'limit' && turns.length === 4),
    );
    expect(posted.some(({ kind }) => kind === 'progress')).toBe(true);
    expect(await store.listQueued()).toEqual(runs.queue);
  });

  it('uses a profile that stands there twice with two seeds', async () => {
    const store = await open();
    const { runs } = runsOn(store);
    await runs.add([aQueued({ profileIds: ['a', 'a'] })]);
    await runs.work();
    const [first, second] = await recordsOf(store);
    expect(first?.id).not.toBe(second?.id);
    expect(runs.queue[0]?.done).toBe(2);
  });

  it('counts a failed dialogue and goes on', async () => {
    const store = await open();
    const late = new LabError('context-full', 'Too long.');
    const user = flaky((asked) => (asked === 2 ? late : null));
    const { runs } = runsOn(store, { prepare: () => Promise.resolve(prepared(user)) });
    await runs.add([aQueued()]);
    await runs.work();
    expect(runs.queue[0]).toMatchObject({ status: 'done', done: 3, failed: 1 });
    expect(runs.error).toBeNull();
  });

  it('ends a run whose engine is dead, says why, and begins the next', async () => {
    const store = await open();
    const dead = flaky(() => new LabError('engine-failed', 'It is dead.'));
    const { runs } = runsOn(store, {
      prepare: ({ id }) => Promise.resolve(prepared(id === 'queued-1' ? dead : undefined)),
    });
    const profileIds = ['a', 'b', 'c', 'd'];
    await runs.add([aQueued({ profileIds }), aQueued({ id: 'queued-2', seed: 2, createdAt: 2 })]);
    await runs.work();
    expect(runs.queue[0]).toMatchObject({
      status: 'failed',
      error: { code: 'engine-failed', message: expect.stringContaining('3 failed dialogues') },
    });
    expect(runs.queue[1]).toMatchObject({ status: 'done', done: 3 });
    expect(runs.error).toMatchObject({ code: 'engine-failed' });
  });

  it('holds failed dialogues again when it is gone on with', async () => {
    const store = await open();
    const late = new LabError('engine-timeout', 'Too slow.');
    const first = runsOn(store, {
      prepare: () => Promise.resolve(prepared(flaky((n) => (n === 2 ? late : null)))),
    });
    await first.runs.add([aQueued()]);
    await first.runs.work();
    const again = runsOn(store);
    await again.runs.open();
    await again.runs.work('queued-1');
    expect(again.runs.queue[0]).toMatchObject({ status: 'done', done: 3, failed: 0 });
    expect((await recordsOf(store)).every(({ outcome }) => outcome?.status === 'limit')).toBe(true);
  });

  it('does not begin the next run when nothing can be stored', async () => {
    const store = await open();
    const full = new LabError('storage-full', 'There is no room left.');
    const { runs } = runsOn({ ...store, appendTurn: () => Promise.reject(full) });
    await runs.add([aQueued(), aQueued({ id: 'queued-2', seed: 2, createdAt: 2 })]);
    await runs.work();
    expect(runs.error).toMatchObject({ code: 'storage-full', message: 'There is no room left.' });
    expect(runs.queue.map(({ status }) => status)).toEqual(['failed', 'waiting']);
  });

  it('says which profile is gone', async () => {
    const store = await open();
    const { runs } = runsOn(store);
    await runs.add([aQueued({ profileIds: ['a', 'gone'] })]);
    await runs.work();
    expect(runs.queue[0]?.error).toMatchObject({
      code: 'profile-invalid',
      message: expect.stringContaining('"gone"'),
    });
  });
});

describe('pause, resume and stop', () => {
  it('pauses after the turn in flight, and goes on as if nothing had been', async () => {
    const store = await open();
    const { runs } = runsOn(store);
    await runs.add([aQueued()]);
    const work = runs.work();
    await until(() => runs.phase === 'running');
    runs.pause();
    await until(() => runs.phase === 'paused');
    const before = await recordsOf(store);
    await new Promise((done) => setTimeout(done, 30));
    expect(await recordsOf(store)).toEqual(before);
    runs.resume();
    await work;
    const paused = await recordsOf(store);
    const other = await open({ name: 'unpaused' });
    const { runs: unpaused } = runsOn(other);
    await unpaused.add([aQueued()]);
    await unpaused.work();
    expect(said(paused)).toEqual(said(await recordsOf(other)));
    expect(paused.some(({ resumed }) => resumed)).toBe(false);
  });

  it('stops, closes the dialogue in flight, and leaves the rest of the queue waiting', async () => {
    const store = await open();
    const never = neverAcceptUser();
    let asked = 0;
    const user: UserAgent = {
      ...never,
      respond: (view, request) => {
        if (++asked === 2) runs.pause();
        return never.respond(view, request);
      },
    };
    const { runs } = runsOn(store, { prepare: () => Promise.resolve(prepared(user)) });
    await runs.add([aQueued(), aQueued({ id: 'queued-2', seed: 2, createdAt: 2 })]);
    const work = runs.work();
    await until(() => runs.phase === 'paused');
    runs.stop();
    await work;
    expect(runs.queue.map(({ status }) => status)).toEqual(['stopped', 'waiting']);
    expect(await store.unfinishedDialogues()).toEqual([]);
    expect(runs.error).toBeNull();
    await runs.work('queued-1');
    expect(runs.queue.map(({ status, done }) => [status, done])).toEqual([
      ['done', 3],
      ['done', 3],
    ]);
    const stopped = (await recordsOf(store)).filter(({ resumed }) => resumed);
    expect(stopped).toHaveLength(1);
  });
});

describe('a tab that is closed, crashes or is reloaded', () => {
  it('costs at most the turn in flight, whenever it goes', async () => {
    // A browser frees a dead tab's locks; this process, which is no tab and lives on, would keep them.
    vi.stubGlobal('navigator', {});
    const whole = await open({ name: 'whole' });
    const undisturbed = runsOn(whole);
    await undisturbed.runs.add([aQueued()]);
    await undisturbed.runs.work();
    const expected = said(await recordsOf(whole));
    let databases = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 30 }), fc.boolean(), async (moment, after) => {
        const name = `killed-${String(databases++)}`;
        const first = await open({ name });
        let calls = 0;
        // Gone for good at that write, before or after it: nothing of this tab happens any more.
        const dying = new Proxy(first, {
          get: (target, key) => {
            const method = target[key as keyof LabStore] as (...args: unknown[]) => unknown;
            return async (...args: unknown[]) => {
              calls += 1;
              if (calls > moment && !(after && calls === moment + 1)) await new Promise(() => {});
              const result = await method(...args);
              if (calls > moment) await new Promise(() => {});
              return result;
            };
          },
        });
        const tab = runsOn(dying);
        await first.saveQueued([aQueued()]);
        void tab.runs.work();
        await until(() => calls > moment || !tab.runs.busy);
        await new Promise((done) => setTimeout(done, 2));
        first.close();
        const second = await open({ name });
        const { runs } = runsOn(second);
        await runs.open();
        const [offered] = await second.listQueued();
        if (offered?.status === 'running') expect(runs.interrupted?.id).toBe('queued-1');
        const before = await recordsOf(second);
        await runs.work();
        const records = await recordsOf(second);
        expect(said(records)).toEqual(expected);
        for (const { id, turns, outcome } of before) {
          const isOpen = outcome === null && turns.length > 0;
          expect(records.find((record) => record.id === id)?.resumed).toBe(isOpen);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a clock that jumps', () => {
  it('back by a year and on by ten changes nothing of a run, and there is nothing to tell', async () => {
    const store = await open();
    const year = 365 * 86_400_000;
    const jumps = [0, -year, 10 * year, 1000, -10 * year];
    let looked = 0;
    const { runs, posted } = runsOn(store, {
      clock: () => 1_700_000_000_000 + (jumps[looked++ % jumps.length] ?? 0),
    });
    await runs.add([aQueued()]);
    await runs.work();
    expect(looked).toBeGreaterThan(2);
    expect(runs.error).toBeNull();
    expect(runs.queue[0]).toMatchObject({ status: 'done', done: 3, failed: 0 });
    const told = posted.flatMap((message) =>
      message.kind === 'progress' ? [message.snapshot] : [],
    );
    // How fast it goes comes from another clock, which nobody sets.
    expect(told.every(({ secondsLeft }) => secondsLeft === null || secondsLeft >= 0)).toBe(true);
    expect(told.at(-1)?.perHour).toBeGreaterThan(0);
    const steady = await open({ name: 'steady' });
    const other = runsOn(steady);
    await other.runs.add([aQueued()]);
    await other.runs.work();
    expect(said(await recordsOf(store))).toEqual(said(await recordsOf(steady)));
  });
});

describe('two tabs', () => {
  it('do not run at once: the second one watches', async () => {
    const store = await open();
    const held = new Set<string>();
    vi.stubGlobal('navigator', {
      locks: {
        request: async (
          name: string,
          options: { ifAvailable?: boolean },
          job: (lock: object | null) => unknown,
        ) => {
          if (held.has(name) && options.ifAvailable) return job(null);
          while (held.has(name)) await new Promise((done) => setTimeout(done, 1));
          held.add(name);
          try {
            return await job({});
          } finally {
            held.delete(name);
          }
        },
        query: () =>
          Promise.resolve({ held: [...held].map((name) => ({ name, mode: 'exclusive' })) }),
      },
    });
    const listeners: ((message: RunMessage) => void)[] = [];
    const channelOf = (own: number) => ({
      post: (message: RunMessage) => {
        for (const [i, heard] of listeners.entries()) if (i !== own) heard(message);
      },
      listen: (heard: (message: RunMessage) => void) => void listeners.push(heard),
    });
    const first = runsOn(store, { channel: channelOf(0) }).runs;
    const second = runsOn(store, { channel: channelOf(1) }).runs;
    await first.add([aQueued()]);
    const work = first.work();
    await until(() => first.phase === 'running');
    first.pause();
    await until(() => first.phase === 'paused');
    await second.open();
    expect(second.elsewhere).toBe(true);
    expect(second.interrupted).toBeNull();
    await until(() => second.live?.phase === 'paused');
    await second.work();
    expect(second.phase).toBe('idle');
    expect(second.elsewhere).toBe(true);
    first.resume();
    await work;
    await until(() => !second.elsewhere);
    await until(() => second.queue[0]?.status === 'done');
    expect(second.live).toBeNull();
    expect(await recordsOf(store)).toHaveLength(3);
  });
});
