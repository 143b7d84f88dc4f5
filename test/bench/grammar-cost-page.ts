import { loadArtifact, type Artifact } from '../../src/lib/engine/artifact';
import { renderChatml } from '../../src/lib/engine/chatml';
import { createBrowserCache } from '../../src/lib/engine/files/cache';
import { createFetchSource } from '../../src/lib/engine/files/source';
import { artifactAsGguf } from '../../src/lib/engine/gguf/artifact';
import { startWllama } from '../../src/lib/engine/wasm/runtime';
import { samplingFields } from '../../src/lib/engine/wasm/sampling';
import { startWebLlm } from '../../src/lib/engine/webgpu/runtime';

/** Milliseconds. `setUp` is what a new grammar costs once, `token` what it costs a token. */
export interface GrammarCost {
  setUp: number;
  token: number;
  text: string;
}

const files = { source: createFetchSource(), cache: createBrowserCache() };
const messages = [
  { role: 'system' as const, content: 'You recommend films.' },
  { role: 'user' as const, content: 'Scary.' },
];
const sampling = { temperature: 1, topP: 1, maxTokens: 24 };
const artifactAt = (location: string, withLibrary: boolean): Promise<Artifact> =>
  loadArtifact(files, new URL(location, globalThis.location.href).href, withLibrary);

/** llama.cpp does not say what its grammars cost: measured as the difference to the same request without one. */
async function startWasm(location: string, threads: number) {
  const artifact = await artifactAt(location, false);
  const gguf = new Blob([await artifactAsGguf(artifact)]);
  const wllama = await startWllama(gguf, artifact.chatConfig.contextLength, threads);
  const ask = async (grammar: string, maxTokens: number, seed: number) => {
    const fields = {
      ...samplingFields({ messages, seed, grammar, sampling: { ...sampling, maxTokens } }),
      cache_prompt: true,
    };
    const started = performance.now();
    const answer = await wllama.createCompletion({
      ...fields,
      prompt: renderChatml(messages),
      stream: false,
    });
    const { timings, choices } = answer;
    return {
      total: performance.now() - started,
      decode: (timings?.predicted_ms ?? NaN) / (timings?.predicted_n ?? NaN),
      text: choices[0]?.text ?? '',
    };
  };
  const letters = 'root ::= [a-z ]*';
  await ask(letters, 24, 1e9);
  return async (grammar: string): Promise<GrammarCost> => {
    const rounds = 3;
    let setUp = 0;
    let token = 0;
    let text = '';
    for (let i = 0; i < rounds; i++) {
      const seed = 1e9 + 104_729 * i;
      const bare = [await ask(letters, 1, seed), await ask(letters, 24, seed)] as const;
      const held = [await ask(grammar, 1, seed), await ask(grammar, 24, seed)] as const;
      setUp += (held[0].total - bare[0].total) / rounds;
      token += (held[1].decode - bare[1].decode) / rounds;
      text = held[1].text;
    }
    return { setUp, token, text };
  };
}

async function startWebgpu(location: string) {
  const engine = await startWebLlm(await artifactAt(location, true));
  return async (grammar: string): Promise<GrammarCost> => {
    const answer = await engine.chat.completions.create({
      messages,
      max_tokens: 12,
      temperature: 1,
      seed: 1_000_000_007,
      response_format: { type: 'grammar', grammar },
    });
    const extra = answer.usage?.extra;
    return {
      setUp: (extra?.grammar_init_s ?? NaN) * 1000,
      token: (extra?.grammar_per_token_s ?? NaN) * 1000,
      text: answer.choices[0]?.message.content ?? '',
    };
  };
}

let run: ((grammar: string) => Promise<GrammarCost>) | undefined;
const bench = {
  async start(engine: 'wasm' | 'webgpu', location: string, threads: number): Promise<void> {
    run = await (engine === 'wasm' ? startWasm(location, threads) : startWebgpu(location));
  },
  cost: (grammar: string): Promise<GrammarCost> => {
    if (!run) throw new Error('start first');
    return run(grammar);
  },
};
export type GrammarBench = typeof bench;
Object.assign(globalThis, { bench });
