import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadArtifact } from '../../../src/lib/engine/artifact';
import { createBrowserCache } from '../../../src/lib/engine/files/cache';
import { pickedFolder } from '../../../src/lib/engine/files/folder';
import { filesOf, keepFiles } from '../../../src/lib/engine/files/keep';
import { loadManifest } from '../../../src/lib/engine/files/load';
import {
  createModelShelf,
  createShelfSource,
  shelfLocation,
} from '../../../src/lib/engine/files/shelf';
import type { FileSource } from '../../../src/lib/engine/files/source';
import { fakeCaches } from '../../support/fake-caches';
import { toyManifest } from '../../support/toy-models';

const artifact = new URL('../../golden/toy-artifact/', import.meta.url);
let toy: Map<string, Blob>;
beforeAll(async () => {
  toy = new Map([['my #1 models/toy/manifest.json', new Blob([await toyManifest()])]]);
  for (const name of await readdir(artifact)) {
    if (name === 'expected-gguf.json') continue;
    const bytes = await readFile(new URL(name, artifact));
    toy.set(`my #1 models/toy/resolve/main/${name}`, new Blob([bytes]));
  }
});
/** The network that may not be asked. */
const nowhere: FileSource = {
  resolve: (path, base) => new URL(path, base).href,
  open: (location) => Promise.reject(new Error(`asked for ${location}`)),
};

describe('a picked folder', () => {
  it('is a source whose paths stay paths', async () => {
    const { source, manifest, card } = pickedFolder(toy);
    expect([manifest, card]).toEqual(['my #1 models/toy/manifest.json', null]);
    expect(source.resolve('../lib/a b.wasm', manifest)).toBe('my #1 models/lib/a b.wasm');
    await expect(source.open('other')).rejects.toMatchObject({ code: 'model-missing' });
  });

  it('must hold one model', () => {
    expect(() => pickedFolder(new Map())).toThrow(/no manifest\.json/);
    const two = new Map([...toy, ['my #1 models/b/manifest.json', new Blob()]]);
    expect(() => pickedFolder(two)).toThrow(/2 models/);
    const disk = Array.from({ length: 5001 }, (_, i): [string, Blob] => [String(i), new Blob()]);
    expect(() => pickedFolder(new Map(disk))).toThrow(/far more than a model/);
  });
});

describe('the shelf of models', () => {
  const add = async (storage: CacheStorage, files = toy) => {
    const cache = createBrowserCache(storage);
    const { source, manifest: at } = pickedFolder(files);
    const access = { source, cache };
    const manifest = await loadManifest(access, at);
    await keepFiles(access, filesOf(access, manifest, at).weights);
    const shelf = createModelShelf(storage);
    await shelf?.add(manifest, '# A toy');
    return { manifest, shelf, cache };
  };

  it('keeps an added model so that an engine loads it without a network', async () => {
    const storage = fakeCaches();
    const { manifest, shelf, cache } = await add(storage);
    const location = shelfLocation(manifest.hash);
    const [added] = (await shelf?.added()) ?? [];
    expect(added).toMatchObject({ manifest, location, card: expect.any(String) as string });
    const access = { source: createShelfSource(nowhere, storage), cache };
    const { files } = await loadArtifact(access, location, false);
    expect(files.size).toBe(manifest.files.length);
    await expect(loadArtifact(access, location, true)).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('WebGPU library') as string,
    });
  });

  it('counts its files, and lets go of them', async () => {
    const storage = fakeCaches();
    const { manifest, shelf } = await add(storage);
    const bytes = new Map(manifest.files.map((file) => [file.sha256, file.bytes]));
    expect(await shelf?.files()).toEqual(bytes);
    const [first] = manifest.files;
    await shelf?.removeFiles([first?.sha256 ?? '']);
    expect((await shelf?.files())?.has(first?.sha256 ?? '')).toBe(false);
    const source = createShelfSource(nowhere, storage);
    const access = { source, cache: createBrowserCache(storage) };
    await expect(loadArtifact(access, shelfLocation(manifest.hash), false)).rejects.toMatchObject({
      message: expect.stringContaining('Add the model again') as string,
    });
    await shelf?.forget(manifest.hash);
    expect(await shelf?.added()).toEqual([]);
  });

  it('says so when there is no room, and when a file is damaged', async () => {
    await expect(add(fakeCaches(50_000))).rejects.toMatchObject({ code: 'storage-full' });
    const broken = new Map(toy);
    const shard = 'my #1 models/toy/resolve/main/params_shard_0.bin';
    const bytes = new Uint8Array(await (toy.get(shard) ?? new Blob()).arrayBuffer());
    bytes[9] = (bytes[9] ?? 0) ^ 1;
    broken.set(shard, new Blob([bytes]));
    await expect(add(fakeCaches(), broken)).rejects.toMatchObject({ code: 'model-corrupt' });
  });
});
