import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ChatEngine, ChatMessage, Completion } from '../../src/lib/contracts/engine';

/** A chat completion request as it came over the wire. */
export interface ReceivedRequest {
  headers: IncomingMessage['headers'];
  body: {
    model: string;
    messages: ChatMessage[];
    temperature: number;
    top_p: number;
    max_tokens: number;
    seed: number;
    stream?: boolean;
    grammar?: string;
    guided_grammar?: string;
    structured_outputs?: { grammar?: string };
  };
}

export interface OpenAiServer {
  /** The base URL, ending in /v1. */
  url: string;
  received: ReceivedRequest[];
  close(): Promise<void>;
}

export interface OpenAiServerOptions {
  apiKey?: string;
  /** Answers a request itself where it returns true: for endpoints that misbehave. */
  intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
}

async function readJson(request: IncomingMessage): Promise<ReceivedRequest['body']> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text) as ReceivedRequest['body'];
}

/**
 * An OpenAI-compatible server in front of any of our engines, on a free local port. With the native engine it serves
 * the lab's own weights: the `http` engine against it is the whole way over the wire.
 */
export async function startOpenAiServer(
  engine: ChatEngine,
  options: OpenAiServerOptions = {},
): Promise<OpenAiServer> {
  const received: ReceivedRequest[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const json = (status: number, value: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    if (options.apiKey && request.headers.authorization !== `Bearer ${options.apiKey}`)
      return json(401, { error: { message: 'no valid key' } });
    if (request.url === '/v1/models')
      return json(200, {
        object: 'list',
        data: [{ id: engine.info()?.model.id, object: 'model' }],
      });
    if (request.url !== '/v1/chat/completions')
      return json(404, { error: { message: 'no such address' } });
    const body = await readJson(request);
    received.push({ headers: request.headers, body });
    const grammar = body.grammar ?? body.guided_grammar ?? body.structured_outputs?.grammar;
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    let told = 0;
    const event = (value: unknown): void =>
      void response.write(`data: ${JSON.stringify(value)}\n\n`);
    if (body.stream) response.writeHead(200, { 'content-type': 'text/event-stream' });
    const done: Completion = await engine.complete(
      {
        messages: body.messages,
        seed: body.seed,
        sampling: { temperature: body.temperature, topP: body.top_p, maxTokens: body.max_tokens },
        signal: gone.signal,
        ...(grammar === undefined ? {} : { grammar }),
      },
      (text) => {
        if (!body.stream) return;
        event({ choices: [{ delta: { content: text.slice(told) }, finish_reason: null }] });
        told = text.length;
      },
    );
    const usage = {
      prompt_tokens: done.tokens.prompt,
      completion_tokens: done.tokens.completion,
      prompt_tokens_details: { cached_tokens: done.tokens.cached },
    };
    if (!body.stream)
      return json(200, {
        choices: [
          { message: { role: 'assistant', content: done.text }, finish_reason: done.finish },
        ],
        usage,
      });
    event({ choices: [{ delta: { content: done.text.slice(told) }, finish_reason: done.finish }] });
    event({ choices: [], usage });
    response.end('data: [DONE]\n\n');
  };
  const server = createServer((request, response) => {
    if (options.intercept?.(request, response)) return;
    answer(request, response).catch((reason: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(reason));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    received,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((reason) => (reason ? reject(reason) : resolve()));
      }),
  };
}
