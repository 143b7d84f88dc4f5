import { expect, it } from 'vitest';
import type { ChatMessage, ModelRef } from '../../src/lib/contracts/engine';
import { detectAbilities } from '../../src/lib/engine/abilities';
import { chooseEngine } from '../../src/lib/engine/choose';
import { createBrowserEngine } from '../../src/lib/engine/create';
import { parseModelIndex } from '../../src/lib/engine/model-index';

/** Any model that ships. */
async function shippedModel(): Promise<ModelRef> {
  const index = new URL('/models/index.json', location.href);
  const [first] = parseModelIndex(await (await fetch(index)).json());
  if (!first) throw new Error('No model ships.');
  return { id: first.id, location: new URL(first.manifest, index).href };
}

it('the software adapter is known as one, and WebAssembly preferred to it', async () => {
  const able = await detectAbilities();
  expect(able).toMatchObject({ webgpu: true, adapter: 'swiftshader', software: true, wasm: true });
  expect(chooseEngine(able)).toMatchObject({ kind: 'wasm', possible: true });
});

// A software GPU reads a few tokens a second: the prompts are as short as can be.
it(
  'answers under a grammar, goes on from its cache, repeats itself exactly',
  { timeout: 600_000 },
  async () => {
    const engine = createBrowserEngine('webgpu');
    const info = await engine.load(await shippedModel());
    expect(info).toMatchObject({ kind: 'webgpu', device: 'swiftshader', slots: 1, grammar: true });
    const grammar = 'root ::= "[recommend: " ("Saw (2004)" | "It (2017)") "]"';
    const sampling = { temperature: 0.8, topP: 0.95, maxTokens: 40 };
    const messages: ChatMessage[] = [
      { role: 'system', content: 'Films for $5.' },
      { role: 'user', content: 'Scary!' },
    ];
    const first = await engine.complete({ messages, grammar, sampling, seed: 1_234_567_890 });
    expect(first.text).toMatch(/^\[recommend: (Saw \(2004\)|It \(2017\))\]$/);
    expect(first.finish).toBe('stop');
    expect(first.tokens.cached).toBe(0);
    expect(first.prompt).toContain('Films for $5.');
    const seen: string[] = [];
    const second = await engine.complete(
      {
        messages: [
          ...messages,
          { role: 'assistant', content: first.text },
          { role: 'user', content: 'More' },
        ],
        sampling: { temperature: 0, topP: 1, maxTokens: 3 },
        seed: 1_234_567_891,
      },
      (text) => seen.push(text),
    );
    expect(second.finish).toBe('length');
    expect(second.tokens.completion).toBe(3);
    expect(second.tokens.cached).toBe(
      (first.tokens.prompt ?? 0) + (first.tokens.completion ?? 0) - 1,
    );
    expect(seen.at(-1)).toBe(second.text);
    await engine.reset();
    const again = await engine.complete({ messages, grammar, sampling, seed: 1_234_567_890 });
    expect({ ...again, ms: null }).toEqual({ ...first, ms: null });
    const controller = new AbortController();
    const cut = engine.complete({ messages, sampling, seed: 5, signal: controller.signal }, () =>
      controller.abort(),
    );
    await expect(cut).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    await engine.unload();
  },
);
