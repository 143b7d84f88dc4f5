import { afterEach, describe, expect, it } from 'vitest';
import { LabError } from '../../../src/lib/contracts/errors';
import { MetricsClient } from '../../../src/lib/metrics/bridge/client';
import { metricsApi, type MetricsApiDeps } from '../../../src/lib/metrics/bridge/expose';
import { contentKey, createKeptResults } from '../../../src/lib/metrics/bridge/kept-results';
import { partsOf } from '../../../src/lib/metrics/bridge/records';
import { evaluate } from '../../../src/lib/metrics/evaluation/evaluate';
import { fakeCaches } from '../../support/fake-caches';
import { FakeWorker } from '../../support/fake-worker';
import { middling, repeating } from './evaluation/systems';
import { catalogue } from './fixtures';

const workers: FakeWorker[] = [];
const noEncoder: MetricsApiDeps = {
  findEncoder: () => Promise.reject(new LabError('model-missing', 'There is none.')),
};
function client(deps: Partial<MetricsApiDeps> = {}, limits = { abort: 5000, idle: 5000 }) {
  return new MetricsClient(() => {
    const worker = new FakeWorker(metricsApi({ ...noEncoder, ...deps }));
    workers.push(worker);
    return worker as unknown as Worker;
  }, limits);
}
const clients: MetricsClient[] = [];
function opened(...given: Parameters<typeof client>): MetricsClient {
  const one = client(...given);
  clients.push(one);
  return one;
}
afterEach(() => {
  for (const one of clients.splice(0)) one.close();
  workers.splice(0);
});

// Few, so that a busy machine gets through.
const few = middling().slice(0, 3);
const input = { catalogue, dialogues: [...few, ...repeating().slice(0, 3)] };
const settings = { resamples: 0, permutations: 20 };

describe('MetricsClient', () => {
  it('gives what an evaluation here gives, with its progress', async () => {
    const seen: number[] = [];
    const found = await opened().evaluate(input, {
      ...settings,
      onProgress: ({ done }) => seen.push(done),
    });
    expect(found).toEqual(await evaluate(input, settings));
    expect(seen.length).toBeGreaterThan(50);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it('brings errors over whole', async () => {
    const one = opened();
    await expect(one.evaluate({ catalogue, dialogues: [] })).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(one.evaluate(input, { encoder: 'x' })).rejects.toMatchObject({
      code: 'model-missing',
      message: 'There is none.',
    });
    expect(workers).toHaveLength(1);
  });

  it('rejects at once when aborted, and goes on with the next', async () => {
    const one = opened();
    const stop = new AbortController();
    const aborted = one.evaluate(input, {
      ...settings,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done === 3) stop.abort();
      },
    });
    const next = one.evaluate({ catalogue, dialogues: few }, settings);
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    expect((await next).systems.map(({ name }) => name)).toEqual(['middling + middling']);
    expect(workers).toHaveLength(1);
    const before = AbortSignal.abort();
    await expect(one.evaluate(input, { signal: before })).rejects.toBe(before.reason);
  });

  it('ends a worker that does not stop, and starts another', async () => {
    const stop = new AbortController();
    const findEncoder = () => {
      stop.abort();
      return new Promise<never>(() => undefined);
    };
    const one = opened({ findEncoder }, { abort: 20, idle: 5000 });
    const aborted = one.evaluate(input, { encoder: 'x', signal: stop.signal });
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' });
    const { systems } = await one.evaluate(input, settings);
    expect(systems).toHaveLength(2);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('ends a worker that has had nothing to do for long', async () => {
    const one = opened({}, { abort: 20, idle: 10 });
    await one.evaluate({ catalogue, dialogues: few }, settings);
    await expect.poll(() => workers[0]?.terminated).toBe(true);
  });
});

describe('kept results', () => {
  it('are given again without a step being computed', async () => {
    const kept = createKeptResults('v1', fakeCaches());
    const one = opened({ kept });
    const first = await one.evaluate(input, settings);
    const steps: string[] = [];
    const again = await one.evaluate(input, {
      ...settings,
      onProgress: ({ what }) => steps.push(what),
    });
    expect(again).toEqual(first);
    expect(steps).toEqual([]);
    await one.evaluate(input, { ...settings, seed: 2, onProgress: ({ what }) => steps.push(what) });
    expect(steps.length).toBeGreaterThan(0);
  });

  it('are of one version, and the newest thirty', async () => {
    const storage = fakeCaches();
    const evaluation = await evaluate({ catalogue, dialogues: few }, settings);
    const old = createKeptResults('v1', storage);
    await old?.put('a', evaluation);
    expect(await old?.get('a')).toEqual(evaluation);
    const kept = createKeptResults('v2', storage);
    for (let i = 0; i < 32; i++) await kept?.put(String(i), evaluation);
    expect(await old?.get('a')).toBeNull();
    expect(await kept?.get('1')).toBeNull();
    expect(await kept?.get('2')).toEqual(evaluation);
  });

  it('are only not kept when there is no room', async () => {
    const kept = createKeptResults('v1', fakeCaches(10));
    await kept?.put('a', await evaluate({ catalogue, dialogues: few }, settings));
    expect(await kept?.get('a')).toBeNull();
  });
});

describe('contentKey', () => {
  const records = { dialogues: middling(), people: [], singleTurns: [] };
  const request = { pack: catalogue.pack, people: null };
  const key = contentKey(records, request, null);

  it('changes with every record, side, setting and encoder', () => {
    const [first, ...rest] = records.dialogues;
    const others = [
      contentKey({ ...records, dialogues: rest }, request, null),
      contentKey({ ...records, dialogues: rest, people: first ? [first] : [] }, request, null),
      contentKey(records, { ...request, theta: 0.4 }, null),
      contentKey(records, { ...request, pack: { ...catalogue.pack, name: 'x' } }, null),
      contentKey(records, request, 'encoder'),
    ];
    expect(new Set([key, ...others]).size).toBe(6);
    expect(contentKey(structuredClone(records), request, null)).toBe(key);
  });
});

describe('partsOf', () => {
  it('holds every record once, in order', () => {
    const dialogues = Array.from({ length: 5 }, middling).flat();
    const parts = [...partsOf({ dialogues, people: dialogues.slice(0, 41), singleTurns: [] })];
    expect(parts.flatMap((part) => part.dialogues ?? [])).toEqual(dialogues);
    expect(parts.flatMap((part) => part.people ?? [])).toEqual(dialogues.slice(0, 41));
    expect(parts.length).toBe(5);
  });
});
