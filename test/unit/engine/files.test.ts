import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LoadProgress, ManifestFile } from '../../../src/lib/contracts/engine';
import type { FileCache } from '../../../src/lib/engine/files/cache';
import { loadFiles, type LocatedFile } from '../../../src/lib/engine/files/load';
import { PhaseProgress } from '../../../src/lib/engine/files/progress';
import { missingFile, type FileSource } from '../../../src/lib/engine/files/source';
import { readVerified, type Bytes } from '../../../src/lib/engine/files/verify';

const content = (length: number): Bytes => Uint8Array.from({ length }, (_, i) => (i * 31) % 251);
const describeFile = (path: string, bytes: Uint8Array): ManifestFile => ({
  path,
  bytes: bytes.length,
  sha256: bytesToHex(sha256(bytes)),
});

async function* pieces(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('readVerified', () => {
  const whole = content(100);
  const file = describeFile('resolve/main/params_shard_0.bin', whole);

  it('returns the bytes however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 120 }), async (size) => {
        let counted = 0;
        const bytes = await readVerified(file, pieces(whole, size), (n) => (counted += n));
        expect(bytes).toEqual(whole);
        expect(counted).toBe(100);
      }),
    );
  });

  it('tells a short file from a damaged one', async () => {
    await expect(readVerified(file, pieces(whole.subarray(0, 93)))).rejects.toMatchObject({
      code: 'model-truncated',
      message: expect.stringContaining('93 of 100 bytes'),
    });
    const damaged = whole.slice();
    damaged[50] = 255;
    await expect(readVerified(file, pieces(damaged))).rejects.toMatchObject({
      code: 'model-corrupt',
      detail: expect.stringContaining(file.sha256),
    });
    await expect(readVerified(file, pieces(content(101)))).rejects.toMatchObject({
      code: 'model-corrupt',
    });
  });

  it('calls a broken connection a truncated file', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield whole.subarray(0, 40);
      throw new TypeError('network error');
    }
    await expect(readVerified(file, broken())).rejects.toMatchObject({
      code: 'model-truncated',
      detail: 'network error',
    });
  });

  it('stops when aborted, with the reason of the signal', async () => {
    const controller = new AbortController();
    const reading = readVerified(file, pieces(whole), () => controller.abort(), controller.signal);
    const reason: unknown = await reading.catch((error: unknown) => error);
    expect(controller.signal.aborted).toBe(true);
    expect(reason).toBe(controller.signal.reason);
  });
});

describe('loadFiles', () => {
  const contents = new Map([
    ['a.bin', content(30)],
    ['b.bin', content(50)],
  ]);
  const files: LocatedFile[] = [...contents].map(([path, bytes]) => ({
    ...describeFile(path, bytes),
    location: `at/${path}`,
  }));

  function memory(served: Map<string, Bytes>) {
    const opened: string[] = [];
    const stored = new Map<string, Bytes>();
    const source: FileSource = {
      resolve: (path) => path,
      async open(location) {
        opened.push(location);
        const bytes = served.get(location.slice('at/'.length));
        if (!bytes) throw missingFile(location);
        return pieces(bytes);
      },
    };
    const cache: FileCache = {
      has: async (key) => stored.has(key),
      open: async (key) => {
        const bytes = stored.get(key);
        return bytes && pieces(bytes);
      },
      put: async (key, bytes) => (stored.set(key, bytes.slice()), true),
      remove: async (key) => void stored.delete(key),
    };
    return { opened, stored, access: { source, cache } };
  }

  const load = async (
    access: Parameters<typeof loadFiles>[0],
    onProgress?: (progress: LoadProgress) => void,
  ): Promise<Map<string, Bytes>> => {
    const got = new Map<string, Bytes>();
    await loadFiles(access, files, ({ path }, bytes) => got.set(path, bytes), onProgress);
    return got;
  };

  it('downloads once, then reads what it kept', async () => {
    const { access, opened, stored } = memory(contents);
    const first: LoadProgress[] = [];
    expect(await load(access, (p) => first.push(p))).toEqual(contents);
    expect(first.at(-1)).toMatchObject({ phase: 'download', done: 80, total: 80 });
    expect([...stored.keys()].sort()).toEqual(files.map((file) => file.sha256).sort());
    const second: LoadProgress[] = [];
    expect(await load(access, (p) => second.push(p))).toEqual(contents);
    expect(opened).toEqual(['at/a.bin', 'at/b.bin']);
    expect(second.at(-1)).toMatchObject({ phase: 'verify', done: 80, total: 80 });
  });

  it('drops a damaged entry of the cache and downloads it again', async () => {
    const { access, opened, stored } = memory(contents);
    await load(access);
    const [key] = stored.keys();
    stored.get(key as string)?.fill(1);
    opened.length = 0;
    expect(await load(access)).toEqual(contents);
    expect(opened).toHaveLength(1);
    expect(await load(access)).toEqual(contents);
    expect(opened).toHaveLength(1);
  });

  it('keeps nothing that fails, and says which file is missing', async () => {
    const wrong = memory(new Map([...contents, ['a.bin', content(30).fill(3)]]));
    await expect(load(wrong.access)).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(wrong.stored.size).toBe(0);
    const absent = memory(new Map());
    await expect(load(absent.access)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('at/a.bin'),
    });
  });
});

describe('PhaseProgress', () => {
  it('estimates the time left from the mean rate', () => {
    let time = 0;
    const seen: LoadProgress[] = [];
    const progress = new PhaseProgress(
      'download',
      1000,
      (p) => seen.push(p),
      () => time,
    );
    expect(seen).toEqual([{ phase: 'download', done: 0, total: 1000, secondsLeft: null }]);
    time = 2000;
    progress.add(250);
    expect(seen.at(-1)).toEqual({ phase: 'download', done: 250, total: 1000, secondsLeft: 6 });
    time = 2010;
    progress.add(1);
    expect(seen).toHaveLength(2);
    progress.add(749);
    expect(seen.at(-1)).toMatchObject({ done: 1000, secondsLeft: 0 });
  });
});
