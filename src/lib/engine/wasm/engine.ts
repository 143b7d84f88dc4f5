import type { Wllama } from '@wllama/wllama/esm/index.js';
import type { ChatEngine, Completion, CompletionRequest, EngineInfo } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { loadArtifact } from '../artifact';
import type { WorkerEngineOptions } from '../bridge/protocol';
import { checkMessages, renderChatml } from '../chatml';
import type { FileAccess } from '../files/load';
import { artifactAsGguf } from '../gguf/artifact';
import { modelIdentity } from '../manifest';
import { createQueue } from '../queue';
import { endedInsideCharacter, wasmError } from './errors';
import { startWllama, threadCount, type Chunk } from './runtime';
import { samplingFields } from './sampling';

/** The engine for machines without a usable GPU: llama.cpp in WebAssembly on our shards. Runs in a worker. */
export class WasmEngine implements ChatEngine {
  private wllama: Wllama | null = null;
  private known: EngineInfo | null = null;
  /** The next prompt is computed from its first token: a dialogue starts with empty caches. */
  private fresh = true;
  private readonly inTurn = createQueue();

  constructor(
    private readonly files: FileAccess,
    private readonly options: WorkerEngineOptions = {},
  ) {}

  async load(
    model: Parameters<ChatEngine['load']>[0],
    onProgress?: Parameters<ChatEngine['load']>[1],
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    await this.unload();
    const artifact = await loadArtifact(this.files, model.location, false, onProgress, signal);
    onProgress?.({ phase: 'prepare', done: 0, total: 0, secondsLeft: null });
    const gguf = new Blob([await artifactAsGguf(artifact)]);
    signal?.throwIfAborted();
    const threads = globalThis.crossOriginIsolated ? (this.options.threads ?? threadCount()) : 1;
    const { manifest, chatConfig } = artifact;
    this.wllama = await startWllama(gguf, chatConfig.contextLength, threads);
    this.fresh = true;
    this.known = {
      kind: 'wasm',
      device: threads === 1 ? '1 thread' : `${threads} threads`,
      model: modelIdentity(manifest),
      slots: 1,
      grammar: true,
      contextLength: chatConfig.contextLength,
    };
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  complete(request: CompletionRequest, onToken?: (textSoFar: string) => void): Promise<Completion> {
    return this.inTurn(() => this.run(request, onToken));
  }

  reset(): Promise<void> {
    return this.inTurn(async () => {
      this.fresh = true;
    });
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    const { wllama } = this;
    this.wllama = null;
    this.known = null;
    await wllama?.exit();
  }

  private async run(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    const { signal } = request;
    signal?.throwIfAborted();
    if (!this.wllama)
      throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
    const prompt = renderChatml(checkMessages(request.messages));
    const started = performance.now();
    let text = '';
    let last: Chunk | undefined;
    const fields = { ...samplingFields(request), prompt, cache_prompt: !this.fresh };
    this.fresh = false;
    try {
      await this.wllama.createCompletion({
        ...fields,
        stream: true,
        ...(signal ? { abortSignal: signal } : {}),
        onData: (chunk) => {
          last = chunk;
          const added = chunk.choices[0]?.text ?? '';
          if (added === '') return;
          text += added;
          onToken?.(text);
        },
      });
    } catch (reason) {
      // Whatever the cache now holds, the next prompt shall not depend on where this one was cut.
      this.fresh = true;
      signal?.throwIfAborted();
      if (!last || !endedInsideCharacter(reason)) throw wasmError(reason);
    }
    return completionOf(text, prompt, last, performance.now() - started);
  }
}

/** `last` is the last chunk that arrived; an answer that was not ended properly counts as cut. */
function completionOf(
  text: string,
  prompt: string,
  last: Chunk | undefined,
  total: number,
): Completion {
  const { usage, timings, choices } = last ?? {};
  return {
    text,
    prompt,
    tokens: {
      prompt: usage?.prompt_tokens ?? (timings ? timings.cache_n + timings.prompt_n : null),
      cached: usage?.prompt_tokens_details?.cached_tokens ?? timings?.cache_n ?? null,
      completion: usage?.completion_tokens ?? timings?.predicted_n ?? null,
    },
    ms: { prefill: timings?.prompt_ms ?? null, decode: timings?.predicted_ms ?? null, total },
    finish: choices?.[0]?.finish_reason === 'stop' ? 'stop' : 'length',
  };
}
