import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatMessage, CompletionRequest } from '../../../src/lib/contracts/engine';
import { HttpEngine, type HttpEngineOptions } from '../../../src/lib/engine/http/engine';
import { serverSentEvents } from '../../../src/lib/engine/http/stream';
import { ScriptedEngine, type Script } from '../../../src/lib/engine/scripted/engine';
import {
  startOpenAiServer,
  type OpenAiServer,
  type OpenAiServerOptions,
} from '../../support/openai-server';

const messages: ChatMessage[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Hi ünïcode 🎬' },
];
const request = (changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages,
  seed: 42_000_000,
  sampling: { temperature: 0.5, topP: 0.9, maxTokens: 50 },
  ...changes,
});

let server: OpenAiServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function connect(
  script: Script,
  options: HttpEngineOptions = {},
  serverOptions: OpenAiServerOptions = {},
): Promise<{ engine: HttpEngine; server: OpenAiServer }> {
  const behind = new ScriptedEngine(script);
  await behind.load({ id: 'big-model', location: '' });
  server = await startOpenAiServer(behind, serverOptions);
  const engine = new HttpEngine(options);
  await engine.load({ id: 'big-model', location: `${server.url}/` });
  return { engine, server };
}

describe('HttpEngine', () => {
  it.each([true, false])('completes (streaming: %s)', async (stream) => {
    const { engine, server } = await connect(['Grüße, 🎬 film fans'], { stream });
    expect(engine.info()).toMatchObject({
      kind: 'http',
      device: new URL(server.url).host,
      model: { id: 'big-model', hash: null, promptVersion: null },
      grammar: false,
    });
    const seen: string[] = [];
    const answer = await engine.complete(request(), (text) => seen.push(text));
    expect(answer).toMatchObject({
      text: 'Grüße, 🎬 film fans',
      prompt: JSON.stringify(messages),
      finish: 'stop',
      tokens: { completion: 4, cached: 0 },
    });
    expect(seen.at(-1)).toBe(answer.text);
    expect(seen.length > 1).toBe(stream);
    expect(server.received[0]?.body).toMatchObject({
      model: 'big-model',
      messages,
      temperature: 0.5,
      top_p: 0.9,
      max_tokens: 50,
      seed: 42_000_000,
    });
  });

  it('tells a cut answer from a finished one', async () => {
    const { engine } = await connect(['a b c d']);
    const sampling = { temperature: 0, topP: 1, maxTokens: 2 };
    expect(await engine.complete(request({ sampling }))).toMatchObject({
      text: 'a b',
      finish: 'length',
    });
  });

  it.each([
    ['structured_outputs', { structured_outputs: { grammar: 'root ::= "x"' } }],
    ['guided_grammar', { guided_grammar: 'root ::= "x"' }],
    ['grammar', { grammar: 'root ::= "x"' }],
  ] as const)('sends the grammar as %s', async (grammarField, expected) => {
    const { engine, server } = await connect(['x'], { grammarField });
    expect(engine.info()?.grammar).toBe(true);
    await engine.complete(request({ grammar: 'root ::= "x"' }));
    expect(server.received[0]?.body).toMatchObject(expected);
  });

  it('sends no grammar to an endpoint that takes none', async () => {
    const { engine, server } = await connect(['x']);
    await engine.complete(request({ grammar: 'root ::= "x"' }));
    expect(JSON.stringify(server.received[0]?.body)).not.toContain('root');
  });

  it('shows its key, and says when it needs one', async () => {
    const { engine, server } = await connect(['x'], { apiKey: 'k' }, { apiKey: 'k' });
    expect((await engine.complete(request())).text).toBe('x');
    const stranger = new HttpEngine();
    await expect(stranger.load({ id: 'm', location: server.url })).rejects.toMatchObject({
      code: 'endpoint-refused',
      message: expect.stringMatching(/401.*API key/),
    });
  });

  it('says when nobody is there', async () => {
    const { engine, server } = await connect(['x']);
    await server.close();
    await expect(engine.complete(request())).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      message: expect.stringContaining(server.url),
    });
    await expect(engine.load({ id: 'm', location: server.url })).rejects.toMatchObject({
      code: 'endpoint-unreachable',
    });
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-failed' });
    const { engine: other } = await connect(['x']);
    expect(other.info()).not.toBeNull();
  });

  it.each([
    [500, 'text/plain', 'out of memory', 'endpoint-refused'],
    [429, 'text/plain', 'slow down', 'endpoint-refused'],
    [200, 'text/html', '<h1>Hello</h1>', 'endpoint-refused'],
    [200, 'application/json', '{"choices":[]}', 'endpoint-refused'],
    [200, 'text/event-stream', 'data: {"error":{"message":"no"}}\n\n', 'endpoint-refused'],
    [
      200,
      'text/event-stream',
      'data: {"choices":[{"delta":{"content":"ha"}}]}\n\n',
      'endpoint-refused',
    ],
  ])('refuses an answer %s %s %s', async (status, type, body, code) => {
    const { engine } = await connect(
      [],
      {},
      {
        intercept: ({ url }, response) => {
          if (url !== '/v1/chat/completions') return false;
          response.writeHead(status, { 'content-type': type });
          response.end(body);
          return true;
        },
      },
    );
    await expect(engine.complete(request())).rejects.toMatchObject({ code });
  });

  it('stops when aborted, and when the time is up', async () => {
    const never = { intercept: ({ url }: { url?: string | undefined }) => url !== '/v1/models' };
    const { engine } = await connect([], { timeout: 60 }, never);
    await expect(engine.complete(request())).rejects.toMatchObject({ code: 'engine-timeout' });
    const controller = new AbortController();
    const waiting = engine.complete(request({ signal: controller.signal }));
    controller.abort();
    await expect(waiting).rejects.toSatisfy((reason) => reason === controller.signal.reason);
  });
});

it('serverSentEvents reads events however they are cut', async () => {
  const text = 'data: {"a":"é🎬"}\n\n: comment\r\ndata: 2\r\n\r\ndata: [DONE]\n\ndata: 3\n\n';
  const bytes = new TextEncoder().encode(text);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: bytes.length }), async (size) => {
      async function* cut(): AsyncGenerator<Uint8Array> {
        for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
      }
      const events: string[] = [];
      for await (const data of serverSentEvents(cut())) events.push(data);
      expect(events).toEqual(['{"a":"é🎬"}', '2']);
    }),
  );
});
