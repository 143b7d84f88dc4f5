import { afterEach, describe, expect, it } from 'vitest';
import type { ChatMessage, CompletionRequest, LoadProgress } from '../../src/lib/contracts/engine';
import { createBrowserEngine } from '../../src/lib/engine/create';
import { modelCacheName } from '../../src/lib/engine/files/cache';

const toy = (fault = 'good') => ({
  id: 'toy',
  location: new URL(`/toy-models/${fault}/manifest.json`, location.href).href,
});
const messages: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'A scary one, please.' },
];
// The toy's weights are random: left alone it draws bytes that are no text.
const letters = 'root ::= [a-z ]*';
const request = (changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages,
  seed: 123_456_789,
  grammar: letters,
  sampling: { temperature: 0.9, topP: 0.95, maxTokens: 24 },
  ...changes,
});

// One thread: the tests share the machine with a browser and a server.
const engine = createBrowserEngine('wasm', { threads: 1 });
afterEach(async () => {
  await engine.unload();
  await caches.delete(modelCacheName);
});

describe('loading', () => {
  it('verifies, keeps and reuses the files, and tells how far it is', async () => {
    const first: LoadProgress[] = [];
    const info = await engine.load(toy(), (progress) => first.push(progress));
    expect(info).toMatchObject({
      kind: 'wasm',
      device: '1 thread',
      model: { id: 'toy', promptVersion: null },
      slots: 1,
      grammar: true,
      contextLength: 256,
    });
    expect(info.model.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(first.map(({ phase }) => phase)).toContain('download');
    expect(first.at(-1)?.phase).toBe('ready');
    const second: LoadProgress[] = [];
    await engine.load(toy(), (progress) => second.push(progress));
    expect(second.map(({ phase }) => phase)).not.toContain('download');
    expect(second.map(({ phase }) => phase)).toContain('verify');
  });

  it.each([
    ['missing', 'model-missing', /params_shard_1\.bin/],
    ['page', 'model-missing', /params_shard_1\.bin/],
    ['truncated', 'model-truncated', /ended after \d+ of \d+ bytes/],
    ['corrupt', 'model-corrupt', /params_shard_1\.bin is not the one/],
  ])('says that a file is %s, then loads a good copy', async (fault, code, message) => {
    await expect(engine.load(toy(fault))).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
    expect(engine.info()).toBeNull();
    await engine.load(toy());
    expect(engine.info()?.kind).toBe('wasm');
  });

  it('says where no model is', async () => {
    const nowhere = { id: 'x', location: new URL('/no-such/manifest.json', location.href).href };
    await expect(engine.load(nowhere)).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('stops when aborted', async () => {
    const controller = new AbortController();
    const loading = engine.load(toy(), () => controller.abort(), controller.signal);
    await expect(loading).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    expect(engine.info()).toBeNull();
  });
});

describe('answering', () => {
  it('gives equal answers to equal dialogues, whatever came between', async () => {
    await engine.load(toy());
    const dialogue = async () => {
      await engine.reset();
      const first = await engine.complete(request());
      const second = await engine.complete(
        request({
          seed: 987_654_321,
          messages: [
            ...messages,
            { role: 'assistant', content: first.text.trim() || '-' },
            { role: 'user', content: 'Another.' },
          ],
        }),
      );
      return [first, second].map(({ ms, ...rest }) => {
        expect(ms.total).toBeGreaterThan(0);
        return rest;
      });
    };
    const once = await dialogue();
    await engine.complete(
      request({ seed: 5e8, messages: [...messages, { role: 'user', content: 'Well?' }] }),
    );
    expect(await dialogue()).toEqual(once);
    expect(once[0]?.tokens.cached).toBe(0);
    expect(once[1]?.tokens.cached).toBeGreaterThan(0);
    expect((await engine.complete(request({ seed: 77_777_777 }))).text).not.toBe(once[0]?.text);
  });

  it('holds a grammar', async () => {
    await engine.load(toy());
    const grammar = 'root ::= "[recommend: " ("Saw (2004)" | "It (2017)") "]" " ok"';
    for (const seed of [2e8, 3e8, 4e8]) {
      const answer = await engine.complete(
        request({ grammar, seed, sampling: { temperature: 1, topP: 1, maxTokens: 200 } }),
      );
      expect(answer.text).toMatch(/^\[recommend: (Saw \(2004\)|It \(2017\))\] ok$/);
      expect(answer.finish).toBe('stop');
    }
    await expect(engine.complete(request({ grammar: 'root = [' }))).rejects.toMatchObject({
      code: 'bad-input',
    });
    // A refused request does no harm.
    expect((await engine.complete(request())).tokens.completion).toBeGreaterThan(0);
  });

  it('streams, stops at the limit, and stops when aborted', async () => {
    await engine.load(toy());
    const controller = new AbortController();
    const seen: string[] = [];
    const grammar = 'root ::= [a-z]+ "."';
    const sampling = { temperature: 1, topP: 1, maxTokens: 150 };
    const cut = engine.complete(
      request({ grammar, sampling, signal: controller.signal }),
      (text) => {
        seen.push(text);
        if (seen.length === 3) controller.abort();
      },
    );
    await expect(cut).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    expect(seen.length).toBe(3);
    const after = await engine.complete(
      request({ grammar: 'root ::= [a-z]+', sampling: { temperature: 0, topP: 1, maxTokens: 5 } }),
    );
    expect(after).toMatchObject({ finish: 'length', tokens: { completion: 5 } });
  });

  it('keeps the whole characters of an answer that ends inside one', async () => {
    await engine.load(toy());
    const { seed, sampling } = request();
    let cut = 0;
    for (let i = 0; i < 6; i++) {
      const answer = await engine
        .complete({ messages, sampling, seed: seed + 7919 * i })
        .catch(async (reason: unknown) => {
          // Not one whole character.
          expect(reason).toMatchObject({ code: 'engine-failed' });
          await engine.load(toy());
        });
      if (!answer) continue;
      expect(new TextDecoder().decode(new TextEncoder().encode(answer.text))).toBe(answer.text);
      expect(answer.text).not.toContain('\ufffd');
      if (answer.finish === 'length') cut += 1;
    }
    expect(cut).toBeGreaterThan(0);
  });

  it('says when the dialogue is too long', async () => {
    await engine.load(toy());
    const long = [
      ...messages.slice(0, 1),
      { role: 'user' as const, content: 'on and '.repeat(300) },
    ];
    await expect(engine.complete(request({ messages: long }))).rejects.toMatchObject({
      code: 'context-full',
    });
  });

  it('wants a model first', async () => {
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-failed' });
  });
});
