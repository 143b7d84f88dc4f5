import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ModelManifest } from '../../../src/lib/contracts/engine';
import { createBrowserCache } from '../../../src/lib/engine/files/cache';
import { pickedFolder } from '../../../src/lib/engine/files/folder';
import type { FileAccess } from '../../../src/lib/engine/files/load';
import { createModelShelf, type ModelShelf } from '../../../src/lib/engine/files/shelf';
import { missingFile } from '../../../src/lib/engine/files/source';
import { addModel, addressesOf } from '../../../src/lib/state/add-model';
import { keptOf, leftovers, removable } from '../../../src/lib/state/shelf-files';
import { fakeCaches } from '../../support/fake-caches';
import { toyManifest } from '../../support/toy-models';

const artifact = new URL('../../golden/toy-artifact/', import.meta.url);
const library = 'no library: the toy runs on the WebAssembly engine only';
let manifest: ModelManifest;
let files: Map<string, Blob>;
beforeAll(async () => {
  const text = await toyManifest();
  manifest = JSON.parse(text) as ModelManifest;
  files = new Map([['toy/manifest.json', new Blob([text])]]);
  for (const name of await readdir(artifact)) {
    if (name === 'expected-gguf.json') continue;
    files.set(`toy/resolve/main/${name}`, new Blob([await readFile(new URL(name, artifact))]));
  }
});

/** A browser, and a site whose only file is the library, if that. */
function place(siteHasLibrary: boolean) {
  const storage = fakeCaches();
  const cache = createBrowserCache(storage);
  const site: FileAccess = {
    cache,
    source: {
      resolve: (path, base) => new URL(path, base).href,
      open: (location) =>
        siteHasLibrary && location === 'http://lab.test/models/lib/toy.wasm'
          ? Promise.resolve(new Blob([library]).stream() as unknown as AsyncIterable<Uint8Array>)
          : Promise.reject(missingFile(location)),
    },
  };
  const shelf = createModelShelf(storage) as ModelShelf;
  const add = (from: ReadonlyMap<string, Blob>, knownId?: string) => {
    const { source, manifest: location, card } = pickedFolder(from);
    const known =
      knownId === undefined
        ? []
        : [
            {
              manifest: { ...manifest, id: knownId },
              location: `http://lab.test/models/${knownId}/manifest.json`,
            },
          ];
    return addModel({ access: { source, cache }, location, card }, known, site, shelf);
  };
  const hasLibrary = async () => (await shelf.files()).has(manifest.library.sha256);
  return { add, shelf, hasLibrary };
}
const withFile = (name: string, content: string) =>
  new Map([...files, [name, new Blob([content])]]);

describe('adding a model', () => {
  it('keeps its files, its card, and a library that a model of the site shares', async () => {
    const { add, shelf, hasLibrary } = place(true);
    expect((await add(withFile('toy/README.md', '# Toy'), 'base')).id).toBe('toy');
    expect(await hasLibrary()).toBe(true);
    expect((await shelf.added())[0]?.card).toMatch(/README\.md$/);
  });

  it("takes its own folder's library first, and does without one", async () => {
    const own = place(false);
    await own.add(withFile('lib/toy.wasm', library));
    expect(await own.hasLibrary()).toBe(true);
    const none = place(false);
    await none.add(files, 'base');
    expect([await none.hasLibrary(), (await none.shelf.added()).length]).toEqual([false, 1]);
  });

  it('refuses a damaged library, a taken id, and a model of other prompts', async () => {
    const { add, shelf } = place(false);
    await expect(add(withFile('lib/toy.wasm', library.replace('n', 'm')))).rejects.toMatchObject({
      code: 'model-corrupt',
    });
    await expect(add(files, 'toy')).rejects.toMatchObject({ code: 'bad-input' });
    const other = JSON.stringify({ ...manifest, role: 'user', promptVersion: '000000000000' });
    await expect(add(withFile('toy/manifest.json', other))).rejects.toMatchObject({
      code: 'model-incompatible',
    });
    expect(await shelf.added()).toEqual([]);
  });
});

describe('the address of a model', () => {
  it('is that of its folder or of its manifest, and of nothing else', () => {
    const at = (address: string) => addressesOf(address).location;
    expect(at(' https://a.test/m/ ')).toBe('https://a.test/m/manifest.json');
    expect(at('https://a.test/m')).toBe('https://a.test/m/manifest.json');
    expect(addressesOf('https://a.test/m/other.json')).toEqual({
      location: 'https://a.test/m/other.json',
      card: 'https://a.test/m/README.md',
    });
    for (const bad of ['', 'm', 'file:///m', 'javascript:alert(1)', 'https://a b']) {
      expect(() => at(bad), bad).toThrow(/no address of the web/);
    }
  });
});

describe('what is kept of models', () => {
  const file = (path: string, digit: string) => ({ path, bytes: 10, sha256: digit.repeat(64) });
  const model = (id: string, weights: string): ModelManifest => ({
    ...manifest,
    id,
    files: [file('a/params_shard_0.bin', weights), file('a/tokenizer.json', 't')],
    library: { ...file('lib/x.wasm', 'l'), bytes: 5 },
  });
  const kept = (digits: string) => new Map([...digits].map((digit) => [digit.repeat(64), 10]));
  const [one, two] = [model('one', '1'), model('two', '2')];

  it('is summed up with its library', () => {
    expect(keptOf(one, kept('1l'))).toEqual({ bytes: 15, total: 25 });
    expect(keptOf(one, kept('2'))).toEqual({ bytes: 0, total: 25 });
  });

  it('goes with a model, but for what another kept one needs', () => {
    expect(removable(one, [two], kept('12tl'))).toEqual(['1'.repeat(64)]);
    // Of the other one nothing but shared files is here: it does not need them.
    expect(removable(one, [two], kept('1tl'))).toHaveLength(3);
    expect(removable(one, [], kept('1'))).toEqual(['1'.repeat(64)]);
  });

  it('is left over when no model has it', () => {
    expect(leftovers([one, two], kept('12tl'))).toEqual({ hashes: [], bytes: 0 });
    expect(leftovers([one], kept('12t'))).toEqual({ hashes: ['2'.repeat(64)], bytes: 10 });
  });
});
