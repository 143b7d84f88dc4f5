import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Plugin } from 'vite';

const folder = new URL('../golden/toy-artifact/', import.meta.url);
const library = new TextEncoder().encode('no library: the toy runs on the WebAssembly engine only');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Ways in which a server's copy can be wrong. The manifest is that of the good one. */
const faults: Record<string, (bytes: Buffer) => Buffer | 'page' | undefined> = {
  good: (bytes) => bytes,
  missing: () => undefined,
  page: () => 'page',
  truncated: (bytes) => bytes.subarray(0, bytes.length - 1000),
  corrupt: (bytes) => {
    const other = Buffer.from(bytes);
    other.writeUInt8(other.readUInt8(5000) ^ 1, 5000);
    return other;
  },
};
const faulty = 'params_shard_1.bin';

/** The manifest of the toy artifact, as models/ would write it. */
export async function toyManifest(): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name !== 'expected-gguf.json').sort();
  const files = await Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(new URL(name, folder));
      return { path: `resolve/main/${name}`, bytes: bytes.length, sha256: sha256(bytes) };
    }),
  );
  const lines = files
    .filter(({ path }) => path.endsWith('.bin') || path.endsWith('tokenizer.json'))
    .map((file) => `${file.path} ${file.sha256}\n`);
  const expected = JSON.parse(await readFile(new URL('expected-gguf.json', folder), 'utf8')) as {
    architecture: object;
  };
  return JSON.stringify({
    id: 'toy',
    title: 'Toy',
    base: 'toy',
    licence: 'MIT',
    source: 'random weights',
    promptVersion: null,
    parameters: 100_000,
    quantization: 'Q4_0, embedding Q8_0',
    library: { path: 'lib/toy.wasm', bytes: library.length, sha256: sha256(library) },
    files,
    hash: sha256(new TextEncoder().encode(lines.sort().join(''))),
    architecture: expected.architecture,
  });
}

/** Serves `/toy-models/<fault>/manifest.json` and what it names: a tiny real model, whole or damaged. */
export function toyModels(): Plugin {
  return {
    name: 'toy-models',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const match = /^\/toy-models\/(\w+)\/([^?]*)/.exec(request.url ?? '');
        const [, fault = '', path = ''] = match ?? [];
        const damage = faults[fault];
        if (!match || !damage) return next();
        const name = path.slice(path.lastIndexOf('/') + 1);
        const answer = async (): Promise<Buffer | string | undefined> => {
          if (name === 'manifest.json') return toyManifest();
          if (name === 'toy.wasm') return Buffer.from(library);
          const bytes = await readFile(new URL(name, folder));
          return name === faulty ? damage(bytes) : bytes;
        };
        answer().then(
          (body) => {
            response.statusCode = body === undefined ? 404 : 200;
            const type = body === 'page' ? 'text/html' : 'application/octet-stream';
            response.setHeader('content-type', type);
            response.end(body);
          },
          (reason: unknown) => next(reason),
        );
      });
    },
  };
}
