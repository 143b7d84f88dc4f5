import { streamChunks } from './source';
import type { Bytes } from './verify';

/** A store of files by their content: a new version of a model never meets the old one's files. */
export interface FileCache {
  has(sha256: string): Promise<boolean>;
  open(sha256: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** False when there is no room: the model still loads, it is only not kept. */
  put(sha256: string, bytes: Bytes): Promise<boolean>;
  remove(sha256: string): Promise<void>;
}

/** The name of the browser's cache that holds model files. */
export const modelCacheName = 'interplay-models';

/** No address of this kind exists: the entries can be reached through the cache only. */
const keyRoot = 'https://models.invalid/sha256/';
const keyOf = (sha256: string): string => keyRoot + sha256;

/** The SHA-256 of a kept file; `null` for an entry that is none. @param url its key */
export const shaOfKey = (url: string): string | null =>
  url.startsWith(keyRoot) ? url.slice(keyRoot.length) : null;

/** The name of the one that holds sentence encoders, which are no models of the Models page. */
export const encoderCacheName = 'interplay-encoders';

/** The browser's Cache API; `undefined` where it does not exist (an insecure page). */
export function createBrowserCache(
  // `typeof`, because the name itself is unknown in an insecure page.
  storage: CacheStorage | undefined = typeof caches === 'undefined' ? undefined : caches,
  name = modelCacheName,
): FileCache | undefined {
  if (!storage) return undefined;
  const opened = (): Promise<Cache> => storage.open(name);
  return {
    async has(sha256) {
      return (await (await opened()).match(keyOf(sha256))) !== undefined;
    },
    async open(sha256) {
      const body = (await (await opened()).match(keyOf(sha256)))?.body;
      return body ? streamChunks(body) : undefined;
    },
    async put(sha256, bytes) {
      try {
        // The length is for those who sum up what is kept.
        const headers = { 'Content-Length': String(bytes.length) };
        await (await opened()).put(keyOf(sha256), new Response(bytes, { headers }));
        return true;
      } catch (reason) {
        if (reason instanceof Error && reason.name === 'QuotaExceededError') return false;
        throw reason;
      }
    },
    async remove(sha256) {
      await (await opened()).delete(keyOf(sha256));
    },
  };
}
