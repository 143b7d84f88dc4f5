import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatMessage, CompletionRequest } from '../../../src/lib/contracts/engine';
import { loadArtifact } from '../../../src/lib/engine/artifact';
import { HttpEngine } from '../../../src/lib/engine/http/engine';
import { NativeEngine } from '../../../src/lib/engine/native/engine';
import { createFolderSource } from '../../../src/lib/engine/native/files';
import { ggufPath } from '../../../src/lib/engine/native/gguf-cache';
import { importLibrary } from '../../../src/lib/engine/native/library';
import { readGguf } from '../../support/gguf-reader';
import { shippedModel } from '../../support/shipped-models.mjs';
import { startOpenAiServer } from '../../support/openai-server';
import { toyManifest } from '../../support/toy-models';

let folder = '';
let manifest = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toy-model-'));
  const main = join(folder, 'toy/resolve/main');
  await mkdir(main, { recursive: true });
  const source = fileURLToPath(new URL('../../golden/toy-artifact', import.meta.url));
  await cp(source, main, { recursive: true });
  manifest = join(folder, 'toy/manifest.json');
  await writeFile(manifest, await toyManifest());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const access = { source: createFolderSource() };

describe('a model in a folder', () => {
  it('is verified like one on a server', async () => {
    const artifact = await loadArtifact(access, manifest, false);
    expect(artifact.manifest.id).toBe('toy');
    expect(artifact.chatConfig).toMatchObject({ contextLength: 256, stopTokens: [2] });
    await expect(loadArtifact(access, manifest, true)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('lib/toy.wasm'),
    });
    await expect(loadArtifact(access, join(folder, 'x.json'), false)).rejects.toMatchObject({
      code: 'model-missing',
    });
    const shard = join(folder, 'toy/resolve/main/params_shard_0.bin');
    const bytes = await readFile(shard);
    await writeFile(shard, bytes.subarray(1));
    await expect(loadArtifact(access, manifest, false)).rejects.toMatchObject({
      code: 'model-truncated',
    });
    await writeFile(shard, bytes);
  });

  it('is repacked once, and again when the kept file is damaged', async () => {
    const artifact = await loadArtifact(access, manifest, false);
    const cache = join(folder, 'cache');
    const path = await ggufPath(artifact, cache);
    const good = await readFile(path);
    expect(readGguf(good).metadata.get('general.name')).toBe('Toy');
    const made = (await stat(path)).mtimeMs;
    expect(await ggufPath(artifact, cache)).toBe(path);
    expect((await stat(path)).mtimeMs).toBe(made);
    await writeFile(path, good.subarray(0, 5000));
    await ggufPath(artifact, cache);
    expect(await readFile(path)).toEqual(good);
  });
});

it('names the command that installs the library', async () => {
  const missing = importLibrary(() => Promise.reject(new Error('Cannot find package')));
  await expect(missing).rejects.toMatchObject({
    code: 'engine-unavailable',
    message: expect.stringContaining('npm install --no-save node-llama-cpp@3.22'),
  });
});

/**
 * Needs the library, which is no dependency: NODE_LLAMA_CPP is the path of its dist/index.js. Run with
 * NODE_LLAMA_CPP=... npx vitest run --project "unit*" test/unit/engine/native.test.ts
 */
const library = process.env['NODE_LLAMA_CPP'];
describe.skipIf(!library)('with node-llama-cpp', { timeout: 120_000 }, () => {
  const messages = (text: string): ChatMessage[] => [
    { role: 'system', content: 'You recommend films.' },
    { role: 'user', content: text },
  ];
  const request = (changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
    messages: messages('A scary film, please.'),
    seed: 123_456_789,
    sampling: { temperature: 0.8, topP: 0.95, maxTokens: 40 },
    ...changes,
  });
  const grammar = 'root ::= "[recommend: " ("Saw (2004)" | "It (2017)") "]"';
  const { id, manifestFile } = shippedModel();
  const real = fileURLToPath(manifestFile);
  let engine: NativeEngine;
  beforeAll(async () => {
    // One thread: tests share the machine.
    engine = new NativeEngine({
      slots: 3,
      threads: 1,
      cacheFolder: join(folder, 'cache'),
      library: () => import(library ?? ''),
    });
    await engine.load({ id, location: real });
  }, 120_000);
  afterAll(() => engine.unload());

  it('answers several dialogues at once, each from its own cache', async () => {
    expect(engine.info()).toMatchObject({ kind: 'native', slots: 3, grammar: true });
    const dialogues = ['A scary film.', 'A funny film.', 'An old film.', 'A short film.'];
    const firsts = await Promise.all(
      dialogues.map((text) => engine.complete(request({ messages: messages(text), grammar }))),
    );
    for (const { text, finish, tokens } of firsts) {
      expect(text).toMatch(/^\[recommend: (Saw \(2004\)|It \(2017\))\]$/);
      expect([finish, tokens.cached]).toEqual(['stop', 0]);
    }
    const last = firsts[3];
    const next = await engine.complete(
      request({
        messages: [
          ...messages('A short film.'),
          { role: 'assistant', content: last?.text ?? '' },
          { role: 'user', content: 'Another one?' },
        ],
      }),
    );
    expect(next.tokens.cached).toBeGreaterThanOrEqual(last?.tokens.prompt ?? Infinity);
  });

  it('repeats itself with the same seed', async () => {
    const once = await engine.complete(request());
    const twice = await engine.complete(request());
    expect({ ...twice, ms: null }).toEqual({ ...once, ms: null });
    expect((await engine.complete(request({ seed: 42_424_242 }))).text).not.toBe(once.text);
  });

  it('stops when aborted, refuses a bad grammar and too long a prompt', async () => {
    const controller = new AbortController();
    const cut = engine.complete(request({ signal: controller.signal }), () => controller.abort());
    await expect(cut).rejects.toSatisfy((reason) => reason === controller.signal.reason);
    await expect(engine.complete(request({ grammar: 'root = [' }))).rejects.toMatchObject({
      code: 'bad-input',
    });
    const long = request({ messages: messages('on and '.repeat(3000)) });
    await expect(engine.complete(long)).rejects.toMatchObject({ code: 'context-full' });
  });

  it('serves the same weights over HTTP to the http engine', async () => {
    const server = await startOpenAiServer(engine);
    try {
      const http = new HttpEngine({ grammarField: 'structured_outputs' });
      await http.load({ id, location: server.url });
      const direct = await engine.complete(request({ grammar }));
      const over = await http.complete(request({ grammar }));
      expect(over).toMatchObject({ text: direct.text, finish: 'stop' });
      expect(over.tokens.prompt).toBe(direct.tokens.prompt);
    } finally {
      await server.close();
    }
  });
});
