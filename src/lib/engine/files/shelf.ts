import type { ModelManifest } from '../../contracts/engine';
import { parseManifest } from '../manifest';
import { modelCacheName, shaOfKey } from './cache';
import { streamChunks, type FileSource } from './source';
import { LabError } from '../../contracts/errors';

/** No address below it exists: manifests of added models can be reached through the browser's cache only. */
const shelfRoot = 'https://models.invalid/own/';

/** Where the engines find an added model's manifest. @param hash the model's */
export const shelfLocation = (hash: string): string => `${shelfRoot}${hash}/manifest.json`;
const cardLocation = (hash: string): string => `${shelfRoot}${hash}/README.md`;

/** A model that the visitor added. */
export interface ShelvedModel {
  manifest: ModelManifest;
  location: string;
  /** Location of its card; `null`: it came without. */
  card: string | null;
}

/** What the browser's cache holds of models: their files by content, and the manifests of those that were added. */
export interface ModelShelf {
  /** Bytes of each kept file by its SHA-256. */
  files(): Promise<ReadonlyMap<string, number>>;
  removeFiles(hashes: Iterable<string>): Promise<void>;
  /** Errors: `model-corrupt` when a kept manifest cannot be read. */
  added(): Promise<readonly ShelvedModel[]>;
  /** Errors: `storage-full`. */
  add(manifest: ModelManifest, card: string | null): Promise<void>;
  /** Its manifest and card; the files stay. */
  forget(hash: string): Promise<void>;
}

/** The browser's own; `undefined` where it keeps nothing (an insecure page). */
export function createModelShelf(
  storage: CacheStorage | undefined = typeof caches === 'undefined' ? undefined : caches,
): ModelShelf | undefined {
  if (!storage) return undefined;
  const opened = (): Promise<Cache> => storage.open(modelCacheName);
  return {
    async files() {
      const cache = await opened();
      const sizes = new Map<string, number>();
      for (const request of await cache.keys()) {
        const sha256 = shaOfKey(request.url);
        if (sha256 === null) continue;
        const response = await cache.match(request);
        if (response) sizes.set(sha256, await sizeOf(response));
      }
      return sizes;
    },
    async removeFiles(hashes) {
      const cache = await opened();
      const gone = new Set(hashes);
      for (const request of await cache.keys()) {
        if (gone.has(shaOfKey(request.url) ?? '')) await cache.delete(request);
      }
    },
    async added() {
      const cache = await opened();
      const models: ShelvedModel[] = [];
      for (const { url } of await cache.keys()) {
        if (!url.startsWith(shelfRoot) || !url.endsWith('/manifest.json')) continue;
        const manifest = parseManifest(await (await cache.match(url))?.json());
        const card = cardLocation(manifest.hash);
        models.push({ manifest, location: url, card: (await cache.match(card)) ? card : null });
      }
      return models;
    },
    async add(manifest, card) {
      const cache = await opened();
      try {
        if (card !== null) await cache.put(cardLocation(manifest.hash), new Response(card));
        // Last: a model is added when its manifest is.
        await cache.put(shelfLocation(manifest.hash), new Response(JSON.stringify(manifest)));
      } catch (reason) {
        if (reason instanceof Error && reason.name === 'QuotaExceededError') throw noRoom();
        throw reason;
      }
    },
    async forget(hash) {
      const cache = await opened();
      await cache.delete(shelfLocation(hash));
      await cache.delete(cardLocation(hash));
    },
  };
}

/** The error of a model for which the browser has no room left. */
export function noRoom(): LabError {
  return new LabError(
    'storage-full',
    'There is no room left in this browser for the model. Delete a model or dialogues that you do not need, then try again.',
  );
}

/** Files of the page: those of added models from the browser's cache, all others as `source` finds them. */
export function createShelfSource(
  source: FileSource,
  storage: CacheStorage | undefined = typeof caches === 'undefined' ? undefined : caches,
): FileSource {
  return {
    resolve: (path, base) => source.resolve(path, base),
    async open(location, signal) {
      if (!location.startsWith(new URL('/', shelfRoot).href)) return source.open(location, signal);
      const body = (await (await storage?.open(modelCacheName))?.match(location))?.body;
      if (body) return streamChunks(body);
      throw new LabError(
        'model-missing',
        location.endsWith('.wasm')
          ? 'This model was added without its WebGPU library. Choose the engine WebAssembly, or add it again with its lib folder.'
          : 'A file of this added model is not kept any more. Add the model again on the Models page.',
        location,
      );
    },
  };
}

async function sizeOf(response: Response): Promise<number> {
  const told = Number(response.headers.get('Content-Length') ?? Number.NaN);
  return Number.isFinite(told) ? told : (await response.blob()).size;
}
