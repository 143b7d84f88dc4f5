import type {
  ChatEngine,
  Completion,
  CompletionRequest,
  EngineInfo,
  LoadProgress,
  ModelRef,
} from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { checkMessages } from '../chatml';
import { streamChunks } from '../files/source';
import { refused, unreachable, unreadable } from './errors';
import { chatRequestBody, type GrammarField } from './request';
import { serverSentEvents } from './stream';

export interface HttpEngineOptions {
  apiKey?: string;
  /** How the endpoint takes a grammar. Default `none`: it cannot, and is refused unless unconstrained turns are allowed. */
  grammarField?: GrammarField;
  /** Requests in flight at once. Default 4. */
  slots?: number;
  /** Milliseconds for one answer. Default 10 minutes. */
  timeout?: number;
  /** Ask for tokens as they come. Default true. */
  stream?: boolean;
}

interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  prompt_tokens_details?: { cached_tokens?: number } | null;
}

interface Answer {
  choices?: {
    message?: { content?: string | null };
    delta?: { content?: string | null };
    finish_reason?: string | null;
  }[];
  usage?: Usage | null;
  error?: unknown;
}

/** A model behind an OpenAI-compatible endpoint. `ModelRef.location` is its base URL, `ModelRef.id` the model's name. */
export class HttpEngine implements ChatEngine {
  private known: EngineInfo | null = null;
  private base = '';

  constructor(private readonly options: HttpEngineOptions = {}) {}

  /** Asks the endpoint for its models: is it there, does it let us in? Errors: `endpoint-unreachable`, `endpoint-refused`. */
  async load(
    model: ModelRef,
    onProgress?: (progress: LoadProgress) => void,
    signal?: AbortSignal,
  ): Promise<EngineInfo> {
    this.known = null;
    this.base = model.location.replace(/\/+$/, '');
    const url = `${this.base}/models`;
    const response = await this.fetch(url, { method: 'GET' }, signal);
    const body = await response.text();
    // Some endpoints list no models; those that answer at all are asked.
    if (!response.ok && response.status !== 404 && response.status !== 405)
      throw refused(url, response.status, body);
    const { grammarField = 'none', slots = 4 } = this.options;
    this.known = {
      kind: 'http',
      device: new URL(this.base).host,
      model: { id: model.id, hash: null, promptVersion: null },
      slots,
      grammar: grammarField !== 'none',
      contextLength: null,
    };
    onProgress?.({ phase: 'ready', done: 0, total: 0, secondsLeft: 0 });
    return this.known;
  }

  async complete(
    request: CompletionRequest,
    onToken?: (textSoFar: string) => void,
  ): Promise<Completion> {
    request.signal?.throwIfAborted();
    if (!this.known)
      throw new LabError('engine-failed', 'No endpoint is connected. Connect one, then ask again.');
    const { grammarField = 'none', stream = true, timeout = 600_000 } = this.options;
    const messages = checkMessages(request.messages);
    const url = `${this.base}/chat/completions`;
    const started = performance.now();
    const limit = AbortSignal.timeout(timeout);
    const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
    const body = chatRequestBody(this.known.model.id, messages, request, grammarField, stream);
    try {
      const init = { method: 'POST', body: JSON.stringify(body) };
      const response = await this.fetch(url, init, signal);
      if (!response.ok) throw refused(url, response.status, await response.text());
      const answer = await readAnswer(url, response, onToken);
      return {
        text: answer.text,
        prompt: JSON.stringify(messages),
        tokens: {
          prompt: answer.usage?.prompt_tokens ?? null,
          cached: answer.usage?.prompt_tokens_details?.cached_tokens ?? null,
          completion: answer.usage?.completion_tokens ?? null,
        },
        ms: { prefill: null, decode: null, total: performance.now() - started },
        finish: answer.finish === 'length' ? 'length' : 'stop',
      };
    } catch (reason) {
      request.signal?.throwIfAborted();
      if (reason instanceof LabError) throw reason;
      if (limit.aborted)
        throw new LabError(
          'engine-timeout',
          `The endpoint ${url} did not finish within ${Math.round(timeout / 1000)} seconds. Run fewer dialogues at once, or give it more time.`,
        );
      throw unreachable(url, reason);
    }
  }

  /** An endpoint keeps no dialogue of ours; its own prefix cache is its affair. */
  async reset(): Promise<void> {
    return;
  }

  info(): EngineInfo | null {
    return this.known;
  }

  async unload(): Promise<void> {
    this.known = null;
  }

  private async fetch(url: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const { apiKey } = this.options;
    const headers = {
      'content-type': 'application/json',
      ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}),
    };
    try {
      return await fetch(url, { ...init, headers, ...(signal ? { signal } : {}) });
    } catch (reason) {
      signal?.throwIfAborted();
      throw unreachable(url, reason);
    }
  }
}

function parse(url: string, text: string): Answer {
  let answer: Answer;
  try {
    answer = JSON.parse(text) as Answer;
  } catch {
    throw unreadable(url, text);
  }
  // Servers that have begun to stream can only tell an error inside the stream.
  if (answer.error !== undefined) throw refused(url, 200, text);
  return answer;
}

/** Also reads a whole answer where a stream was asked for: some endpoints ignore the wish. */
async function readAnswer(
  url: string,
  response: Response,
  onToken?: (textSoFar: string) => void,
): Promise<{ text: string; usage: Usage | undefined; finish: string | undefined }> {
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
  if (!streams || !response.body) {
    const body = await response.text();
    const { choices, usage } = parse(url, body);
    const text = choices?.[0]?.message?.content;
    if (typeof text !== 'string') throw unreadable(url, body);
    onToken?.(text);
    return { text, usage: usage ?? undefined, finish: choices?.[0]?.finish_reason ?? undefined };
  }
  let text = '';
  let usage: Usage | undefined;
  let finish: string | undefined;
  for await (const data of serverSentEvents(streamChunks(response.body))) {
    const chunk = parse(url, data);
    const choice = chunk.choices?.[0];
    const added = choice?.delta?.content ?? '';
    if (added !== '') {
      text += added;
      onToken?.(text);
    }
    finish = choice?.finish_reason ?? finish;
    usage = chunk.usage ?? usage;
  }
  if (finish === undefined) throw unreadable(url, 'the stream ended before the answer did');
  return { text, usage, finish };
}
