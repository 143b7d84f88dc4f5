import type {
  ChatCompletionChunk,
  ChatCompletionRequestStreaming,
  CompletionUsage,
  MLCEngine,
} from '@mlc-ai/web-llm';
import type {
  ChatEngine,
  ChatMessage,
  Completion,
  CompletionRequest,
  EngineInfo,
} from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { loadArtifact } from '../artifact';
import { checkMessages, escapeForTemplate, renderChatml } from '../chatml';
import type { FileAccess } from '../files/load';
import { modelIdentity } from '../manifest';
import { createQueue } from '../queue';
import type { DeviceWatch } from './device';
import { webgpuError } from './errors';
import { CacheHistory } from './history';
import { startPrebuilt } from './prebuilt';
import { prebuiltScheme } from './prebuilt-list';
import { startWebLlm } from './runtime';

type ChatRequestMessage = ChatCompletionRequestStreaming['messages'][number];

/** Every field that shapes the draw, so that nothing is left to a model's own defaults. */
function webLlmRequest(
  messages: readonly ChatMessage[],
  { sampling, seed, grammar }: CompletionRequest,
): ChatCompletionRequestStreaming {
  return {
    messages: escapeForTemplate(messages) as ChatRequestMessage[],
    stream: true,
    stream_options: { include_usage: true },
    temperature: sampling.temperature,
    top_p: sampling.topP,
    max_tokens: sampling.maxTokens,
    frequency_penalty: 0,
    presence_penalty: 0,
    repetition_penalty: 1,
    seed,
    ...(grammar === undefined ? {} : { response_format: { type: 'grammar', grammar } }),
  };
}

/** The default engine of the page: web-llm, unmodified. Runs in a worker, one worker a role. */
export class WebGpuEngine implements ChatEngine {
  private engine: MLCEngine | null = null;
  private known: EngineInfo | null = null;
  /** The model's makers wrote its chat template: what it sees exactly is not known here. */
  private ownTemplate = false;
  private readonly history = new CacheHistory();
  private readonly inTurn = createQueue();

  constructor(
    private readonly files: FileAccess,
    private readonly device: DeviceWatch,
  ) {}

  async load(
    model: Parameters<ChatEngine['load']>[0],
    onProgress?: Parameters<ChatEngine['load']>[1],
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    await this.unload();
    if (model.location.startsWith(prebuiltScheme))
      return this.loadPrebuilt(model, onProgress, signal);
    const artifact = await loadArtifact(this.files, model.location, true, onProgress, signal);
    try {
      this.engine = await startWebLlm(artifact, onProgress);
    } catch (reason) {
      throw webgpuError(reason);
    }
    signal?.throwIfAborted();
    const { manifest, chatConfig } = artifact;
    this.history.clear();
    this.known = {
      kind: 'webgpu',
      device: this.device.name() ?? 'GPU',
      model: modelIdentity(manifest),
      slots: 1,
      grammar: true,
      contextLength: chatConfig.contextLength,
    };
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  /** A model of web-llm's own list: its chat template is its own, and nothing of it was checked here. */
  private async loadPrebuilt(
    model: Parameters<ChatEngine['load']>[0],
    onProgress?: Parameters<ChatEngine['load']>[1],
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    const { engine, contextLength } = await startPrebuilt(model.location, onProgress);
    this.engine = engine;
    signal?.throwIfAborted();
    this.history.clear();
    this.ownTemplate = true;
    this.known = {
      kind: 'webgpu',
      device: this.device.name() ?? 'GPU',
      model: { id: model.id, hash: null, promptVersion: null },
      slots: 1,
      grammar: true,
      contextLength,
    };
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  complete(request: CompletionRequest, onToken?: (textSoFar: string) => void): Promise<Completion> {
    return this.inTurn(() => this.run(request, onToken));
  }

  reset(): Promise<void> {
    return this.inTurn(async () => {
      this.history.clear();
      await this.engine?.resetChat();
    });
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    const { engine } = this;
    this.engine = null;
    this.known = null;
    this.ownTemplate = false;
    await engine?.unload();
  }

  private async run(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    const { signal } = request;
    signal?.throwIfAborted();
    const { engine } = this;
    if (!engine)
      throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
    const messages = checkMessages(request.messages);
    const cached = this.history.reusable(messages);
    const started = performance.now();
    // web-llm sees this flag between two tokens.
    const interrupt = (): void => void engine.interruptGenerate();
    signal?.addEventListener('abort', interrupt);
    try {
      const streamed = this.stream(engine, webLlmRequest(messages, request), onToken);
      streamed.catch(() => undefined);
      const { text, usage, finish } = await Promise.race([streamed, this.device.lost()]);
      signal?.throwIfAborted();
      const extra = usage?.extra;
      const completion = usage?.completion_tokens ?? null;
      const prompt = usage ? cached + usage.prompt_tokens : null;
      const stopped = finish === 'stop';
      // The token that ended the answer was drawn but not fed.
      this.history.answered(messages, text, (prompt ?? 0) + (completion ?? 1) - 1, stopped);
      return {
        text,
        prompt: this.ownTemplate ? JSON.stringify(messages) : renderChatml(messages),
        tokens: { prompt, cached: usage ? cached : null, completion },
        ms: {
          prefill: extra ? extra.time_to_first_token_s * 1000 : null,
          decode:
            extra && completion !== null
              ? extra.time_per_output_token_s * (completion - 1) * 1000
              : null,
          total: performance.now() - started,
        },
        finish: stopped ? 'stop' : 'length',
      };
    } catch (reason) {
      // The next prompt shall not depend on where this one was cut.
      this.history.clear();
      signal?.throwIfAborted();
      throw webgpuError(reason);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  private async stream(
    engine: MLCEngine,
    request: ChatCompletionRequestStreaming,
    onToken?: (textSoFar: string) => void,
  ): Promise<{
    text: string;
    usage: CompletionUsage | undefined;
    finish: ChatCompletionChunk.Choice['finish_reason'] | undefined;
  }> {
    let text = '';
    let usage: CompletionUsage | undefined;
    let finish: ChatCompletionChunk.Choice['finish_reason'] | undefined;
    for await (const chunk of await engine.chat.completions.create(request)) {
      const [choice] = chunk.choices;
      const added = choice?.delta.content ?? '';
      if (added !== '') {
        text += added;
        onToken?.(text);
      }
      finish = choice?.finish_reason ?? finish;
      usage = chunk.usage ?? usage;
    }
    // The stream may hold back an unfinished character; this is the whole text.
    return { text: await engine.getMessage(), usage, finish };
  }
}
