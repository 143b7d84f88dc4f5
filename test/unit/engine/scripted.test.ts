import { describe, expect, it } from 'vitest';
import type { ChatMessage, CompletionRequest } from '../../../src/lib/contracts/engine';
import { ScriptedEngine } from '../../../src/lib/engine/scripted/engine';

const messages: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi' },
];
const request = (changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages,
  seed: 1,
  sampling: { temperature: 1, topP: 1, maxTokens: 100 },
  ...changes,
});
const model = { id: 'script', location: '' };

describe('ScriptedEngine', () => {
  it('answers in order, and says when the list is at its end', async () => {
    const engine = new ScriptedEngine(['one  two', 'three']);
    await engine.load(model);
    const seen: string[] = [];
    const first = await engine.complete(request(), (text) => seen.push(text));
    expect(first).toMatchObject({ text: 'one  two', finish: 'stop', tokens: { completion: 2 } });
    expect(seen).toEqual(['one', 'one  two']);
    expect(first.prompt).toContain('<|im_start|>user\nHi<|im_end|>');
    await engine.reset();
    expect((await engine.complete(request())).text).toBe('three');
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-failed' });
  });

  it('computes answers, counted from 0 after a reset, and cuts them at the limit', async () => {
    const engine = new ScriptedEngine(({ seed }, index) => `a b c ${seed} ${index}`);
    await engine.load(model);
    expect((await engine.complete(request({ seed: 7 }))).text).toBe('a b c 7 0');
    expect((await engine.complete(request({ seed: 7 }))).text).toBe('a b c 7 1');
    await engine.reset();
    const sampling = { temperature: 1, topP: 1, maxTokens: 2 };
    expect(await engine.complete(request({ sampling }))).toMatchObject({
      text: 'a b',
      finish: 'length',
      tokens: { completion: 2 },
    });
    expect((await engine.complete(request())).text).toBe('a b c 1 1');
  });

  it('stops when aborted', async () => {
    const engine = new ScriptedEngine(['a b c']);
    await engine.load(model);
    const controller = new AbortController();
    const answer = engine.complete(request({ signal: controller.signal }), () =>
      controller.abort(),
    );
    await expect(answer).rejects.toSatisfy((reason) => reason === controller.signal.reason);
  });

  it('asks for a load first, and can claim to hold no grammars', async () => {
    const engine = new ScriptedEngine([], { grammar: false, slots: 3 });
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-failed' });
    expect(await engine.load(model)).toMatchObject({ kind: 'scripted', grammar: false, slots: 3 });
  });
});
