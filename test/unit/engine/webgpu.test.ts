import { describe, expect, it } from 'vitest';
import type { ChatMessage } from '../../../src/lib/contracts/engine';
import { webgpuError } from '../../../src/lib/engine/webgpu/errors';
import { CacheHistory } from '../../../src/lib/engine/webgpu/history';
import { createVerifiedCaches } from '../../../src/lib/engine/webgpu/verified-caches';

describe('createVerifiedCaches', () => {
  const url = 'http://localhost/verified/abc/resolve/main/tokenizer.json';

  it('holds the verified files, in every scope, and fetches nothing', async () => {
    const caches = createVerifiedCaches(new Map([[url, new Blob(['{"a":1}'])]]));
    for (const scope of ['webllm/model', 'webllm/config']) {
      const cache = await caches.open(scope);
      expect(await (await cache.match(new Request(url)))?.json()).toEqual({ a: 1 });
      expect((await cache.keys()).map((request) => request.url)).toEqual([url]);
      expect(await cache.match(`${url}x`)).toBeUndefined();
      await expect(cache.add(new Request(`${url}x`))).rejects.toMatchObject({
        code: 'model-incompatible',
        detail: `${url}x`,
      });
    }
  });
});

describe('CacheHistory', () => {
  const prompt: ChatMessage[] = [
    { role: 'system', content: 's' },
    { role: 'user', content: 'u1' },
  ];
  const next: ChatMessage[] = [
    ...prompt,
    { role: 'assistant', content: 'a1' },
    { role: 'user', content: 'u2' },
  ];

  it('goes on only from the same messages and a finished answer', () => {
    const history = new CacheHistory();
    expect(history.reusable(prompt)).toBe(0);
    history.answered(prompt, 'a1', 30, true);
    expect(history.reusable(next)).toBe(30);
    expect(history.reusable(prompt)).toBe(0);
    expect(history.reusable([...next, ...next])).toBe(0);
    const other = next.map((m) => (m.content === 'a1' ? { ...m, content: 'a1 ' } : m));
    expect(history.reusable(other)).toBe(0);
    history.answered(prompt, 'a1', 30, false);
    expect(history.reusable(next)).toBe(0);
    history.answered(prompt, 'a1', 30, true);
    history.clear();
    expect(history.reusable(next)).toBe(0);
  });
});

it('webgpuError names what web-llm means', () => {
  const named = (name: string) => Object.assign(new Error('words'), { name });
  expect(webgpuError(named('ContextWindowSizeExceededError'))).toMatchObject({
    code: 'context-full',
  });
  expect(webgpuError(named('GrammarMatcherInitError'))).toMatchObject({ code: 'bad-input' });
  expect(webgpuError(named('WebGPUNotAvailableError'))).toMatchObject({
    code: 'engine-unavailable',
  });
  expect(webgpuError(named('OtherError'))).toMatchObject({
    code: 'engine-failed',
    detail: 'OtherError: words',
  });
});
