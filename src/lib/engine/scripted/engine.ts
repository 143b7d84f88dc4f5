import type {
  ChatEngine,
  Completion,
  CompletionRequest,
  EngineInfo,
  LoadProgress,
  ModelRef,
} from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { hashText } from '../../domain/random';
import { checkMessages, renderChatml } from '../chatml';

/** Answers in order, or computed from the request (and its number, from 0, since the last reset). */
export type Script =
  readonly string[] | ((request: CompletionRequest, index: number) => string | Promise<string>);

export interface ScriptedOptions {
  /** How many requests may be in flight. */
  slots?: number;
  /** Whether it claims to hold grammars. It does not look at them. */
  grammar?: boolean;
  promptVersion?: string | null;
}

/** Words with the space before them: what a scripted engine calls tokens. */
const words = (text: string): string[] => text.match(/\s*\S+|\s+$/g) ?? [];

/** An engine that says what it is told: for tests, and for trying the lab without a model. */
export class ScriptedEngine implements ChatEngine {
  private known: EngineInfo | null = null;
  private asked = 0;

  constructor(
    private readonly script: Script,
    private readonly options: ScriptedOptions = {},
  ) {}

  async load(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    signal?.throwIfAborted();
    const { slots = 1, grammar = true, promptVersion = null } = this.options;
    this.asked = 0;
    this.known = {
      kind: 'scripted',
      device: 'script',
      model: { id: model.id, hash: hashText(model.id), promptVersion },
      slots,
      grammar,
      contextLength: null,
    };
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  async complete(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    const { signal, sampling } = request;
    signal?.throwIfAborted();
    if (!this.known)
      throw new LabError('engine-failed', 'No model is loaded. Load one, then ask again.');
    const messages = checkMessages(request.messages);
    const full = words(await this.next(request));
    signal?.throwIfAborted();
    let text = '';
    for (const word of full.slice(0, sampling.maxTokens)) {
      text += word;
      onToken?.(text);
      signal?.throwIfAborted();
    }
    const prompt = renderChatml(messages);
    return {
      text,
      prompt,
      tokens: {
        prompt: words(prompt).length,
        cached: 0,
        completion: Math.min(full.length, sampling.maxTokens),
      },
      ms: { prefill: 0, decode: 0, total: 0 },
      finish: full.length > sampling.maxTokens ? 'length' : 'stop',
    };
  }

  /** A list goes on where it was; a function counts from 0 again. */
  async reset(): Promise<void> {
    if (typeof this.script === 'function') this.asked = 0;
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    this.known = null;
  }

  private async next(request: CompletionRequest): Promise<string> {
    const index = this.asked++;
    if (typeof this.script === 'function') return this.script(request, index);
    const answer = this.script[index];
    if (answer === undefined)
      throw new LabError(
        'engine-failed',
        `The script has ${this.script.length} answers, and one more was asked for. Write more of them.`,
      );
    return answer;
  }
}
