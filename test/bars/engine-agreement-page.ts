import { detectAbilities } from '../../src/lib/engine/abilities';
import { loadArtifact, type Artifact } from '../../src/lib/engine/artifact';
import { createBrowserCache } from '../../src/lib/engine/files/cache';
import { createFetchSource } from '../../src/lib/engine/files/source';
import { artifactAsGguf } from '../../src/lib/engine/gguf/artifact';
import { startWllama } from '../../src/lib/engine/wasm/runtime';
import { startWebLlm } from '../../src/lib/engine/webgpu/runtime';

/** The two likeliest next tokens and by how much (nats) the first leads. */
export interface Best {
  first: number;
  second: number;
  margin: number;
}

/** One forced text: its prompt and the tokens that follow, as ids and as the text up to each. */
export interface Forced {
  promptIds: number[];
  /** Ids forced after the prompt; the last one is only predicted, never fed. */
  ids: number[];
  /** `texts[i]`: the prompt and the first `i` forced tokens. */
  texts: string[];
}

const files = { source: createFetchSource(), cache: createBrowserCache() };
const artifactAt = (location: string, withLibrary: boolean): Promise<Artifact> =>
  loadArtifact(files, new URL(location, globalThis.location.href).href, withLibrary);

interface Probabilities {
  choices: {
    logprobs: { content: { top_logprobs: { id: number; logprob: number }[] }[] } | null;
  }[];
}

async function startWasm(location: string, threads: number) {
  const artifact = await artifactAt(location, false);
  const gguf = new Blob([await artifactAsGguf(artifact)]);
  const wllama = await startWllama(gguf, artifact.chatConfig.contextLength, threads);
  return async ({ texts, ids }: Forced): Promise<Best[]> => {
    const best: Best[] = [];
    for (let i = 0; i < ids.length; i++) {
      const fields = {
        samplers: ['temperature'],
        n_probs: 2,
        cache_prompt: i > 0,
        // The probabilities are those before the grammar; the answer itself must be whole characters for wllama.
        grammar: 'root ::= [ -~]*',
      };
      const answer = (await wllama.createCompletion({
        ...fields,
        prompt: texts[i] ?? '',
        stream: false,
        max_tokens: 1,
        temperature: 0,
      })) as unknown as Probabilities;
      const [first, second] = answer.choices[0]?.logprobs?.content[0]?.top_logprobs ?? [];
      if (!first || !second) throw new Error('no probabilities');
      best.push({ first: first.id, second: second.id, margin: first.logprob - second.logprob });
    }
    return best;
  };
}

function bestOf(logits: Float32Array): Best {
  let first = 0;
  let second = 1;
  for (let i = 0; i < logits.length; i++) {
    const value = logits[i] as number;
    if (value > (logits[first] as number)) {
      second = first;
      first = i;
    } else if (i !== first && (second === first || value > (logits[second] as number))) second = i;
  }
  return { first, second, margin: (logits[first] as number) - (logits[second] as number) };
}

async function startWebgpu(location: string) {
  let logits = new Float32Array();
  const engine = await startWebLlm(await artifactAt(location, true), undefined, {
    processLogits: (seen) => (logits = seen.slice()),
    processSampledToken: () => undefined,
    resetState: () => undefined,
  });
  return async ({ promptIds, ids }: Forced): Promise<Best[]> => {
    await engine.resetChat();
    const best: Best[] = [];
    for (let i = 0; i < ids.length; i++) {
      const fed = i === 0 ? promptIds : ids.slice(i - 1, i);
      await engine.forwardTokensAndSample(fed, i === 0);
      best.push(bestOf(logits));
    }
    return best;
  };
}

let run: ((forced: Forced) => Promise<Best[]>) | undefined;
const bench = {
  async start(engine: 'wasm' | 'webgpu', location: string, threads: number): Promise<void> {
    run = await (engine === 'wasm' ? startWasm(location, threads) : startWebgpu(location));
  },
  best: (forced: Forced): Promise<Best[]> => {
    if (!run) throw new Error('start first');
    return run(forced);
  },
  adapter: async (): Promise<string> => (await detectAbilities()).adapter ?? 'none',
};
export type AgreementBench = typeof bench;
Object.assign(globalThis, { bench });
