import { afterEach, describe, expect, it } from 'vitest';
import type { ChatEngine, CompletionRequest } from '../../../src/lib/contracts/engine';
import { LabError } from '../../../src/lib/contracts/errors';
import { WorkerEngine } from '../../../src/lib/engine/bridge/client';
import { engineApi } from '../../../src/lib/engine/bridge/expose';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';
import { FakeWorker } from '../../support/fake-worker';

const model = { id: 'script', location: '' };
const request = (changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hi' },
  ],
  seed: 1,
  sampling: { temperature: 1, topP: 1, maxTokens: 100 },
  ...changes,
});

const workers: FakeWorker[] = [];
function bridged(create: () => ChatEngine, limits = { load: 5000, token: 5000, abort: 5000 }) {
  return new WorkerEngine(
    'scripted',
    () => {
      const engine = create();
      const worker = new FakeWorker(engineApi(() => engine));
      workers.push(worker);
      return worker as unknown as Worker;
    },
    {},
    limits,
  );
}
afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});
const never = () => new Promise<string>(() => undefined);
const soon = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('WorkerEngine', () => {
  it('is the engine behind it', async () => {
    const engine = bridged(() => new ScriptedEngine(['one two', 'three']));
    const phases: string[] = [];
    const info = await engine.load(model, ({ phase }) => phases.push(phase));
    expect(info).toEqual(engine.info());
    expect(info.model.id).toBe('script');
    expect(phases.at(-1)).toBe('ready');
    const seen: string[] = [];
    const [first, second] = await Promise.all([
      engine.complete(request(), (text) => seen.push(text)),
      engine.complete(request()),
    ]);
    expect(first.text).toBe('one two');
    expect(second.text).toBe('three');
    expect(seen).toEqual(['one', 'one two']);
    await engine.reset();
    await engine.unload();
    expect(engine.info()).toBeNull();
    expect(workers[0]?.terminated).toBe(true);
  });

  it('brings errors over whole', async () => {
    const engine = bridged(
      () =>
        new ScriptedEngine(async () => {
          throw new LabError('context-full', 'Too long. Say less.', '99 tokens');
        }),
    );
    await engine.load(model);
    const reason: unknown = await engine.complete(request()).catch((error: unknown) => error);
    expect(reason).toBeInstanceOf(LabError);
    expect(reason).toMatchObject({
      code: 'context-full',
      message: 'Too long. Say less.',
      detail: '99 tokens',
    });
  });

  it('ends the worker of a failed load and takes a new one for the next', async () => {
    let attempt = 0;
    const engine = bridged(() => {
      const inner = new ScriptedEngine(['x']);
      if (attempt++ === 0)
        inner.load = async () => {
          throw new LabError('model-missing', 'Not there.');
        };
      return inner;
    });
    await expect(engine.load(model)).rejects.toMatchObject({ code: 'model-missing' });
    expect(workers[0]?.terminated).toBe(true);
    expect(engine.info()).toBeNull();
    await engine.load(model);
    expect((await engine.complete(request())).text).toBe('x');
  });

  it('passes an abort on, at once for the caller', async () => {
    let innerSignal: AbortSignal | undefined;
    let calls = 0;
    const engine = bridged(
      () =>
        new ScriptedEngine(({ signal }) => {
          if (calls++ > 0) return 'after';
          innerSignal = signal;
          return new Promise((_, reject) =>
            signal?.addEventListener('abort', () => reject(signal.reason)),
          );
        }),
    );
    await engine.load(model);
    const controller = new AbortController();
    const answer = engine.complete(request({ signal: controller.signal }));
    await expect.poll(() => innerSignal).toBeDefined();
    controller.abort(new DOMException('stop it', 'AbortError'));
    await expect(answer).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    expect((await engine.complete(request())).text).toBe('after');
    expect(innerSignal?.aborted).toBe(true);
    expect(workers).toHaveLength(1);
  });

  it('ends a worker that does not stop after an abort', async () => {
    const engine = bridged(() => new ScriptedEngine(never), { load: 5000, token: 5000, abort: 30 });
    await engine.load(model);
    const controller = new AbortController();
    const answer = engine.complete(request({ signal: controller.signal }));
    await soon();
    controller.abort();
    await expect(answer).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    await expect.poll(() => workers[0]?.terminated).toBe(true);
    expect(engine.info()).toBeNull();
  });

  it('gives up on a silent worker', async () => {
    const engine = bridged(() => new ScriptedEngine(never), { load: 5000, token: 40, abort: 5000 });
    await engine.load(model);
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-timeout' });
    expect(workers[0]?.terminated).toBe(true);
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-failed' });
    const slow = bridged(
      () => {
        const inner = new ScriptedEngine([]);
        inner.load = () => new Promise(() => undefined);
        return inner;
      },
      { load: 40, token: 5000, abort: 5000 },
    );
    await expect(slow.load(model)).rejects.toMatchObject({ code: 'engine-timeout' });
  });

  it('ends a load that is aborted', async () => {
    const engine = bridged(() => {
      const inner = new ScriptedEngine([]);
      inner.load = () => new Promise(() => undefined);
      return inner;
    });
    const controller = new AbortController();
    const loading = engine.load(model, undefined, controller.signal);
    await soon();
    controller.abort();
    await expect(loading).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    expect(workers[0]?.terminated).toBe(true);
  });

  it('says when the worker crashes', async () => {
    const engine = bridged(() => new ScriptedEngine(never));
    await engine.load(model);
    const answer = engine.complete(request());
    await soon();
    workers[0]?.crash();
    await expect(answer).rejects.toMatchObject({ code: 'engine-failed', detail: 'out of memory' });
    expect(engine.info()).toBeNull();
  });
});
