import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Evaluation } from '../evaluation/types';
import type { EvaluationRequest } from './protocol';
import type { Records } from './records';

/** Results by the content that they were computed from. */
export interface KeptResults {
  get(key: string): Promise<Evaluation | null>;
  put(key: string, evaluation: Evaluation): Promise<void>;
}

const cacheName = 'interplay-evaluations';
/** No such address exists: the entries can be reached through the cache only. */
const keyRoot = 'https://evaluations.invalid/';
const mostKept = 30;

/**
 * Results in the browser's cache, the oldest dropped when there are many. `undefined` where nothing can be kept.
 *
 * @param version of the code that computes them; results of another are dropped
 */
export function createKeptResults(
  version: string,
  storage: CacheStorage | undefined = typeof caches === 'undefined' ? undefined : caches,
): KeptResults | undefined {
  if (!storage) return undefined;
  const own = `${keyRoot}${version}/`;
  return {
    async get(key) {
      const found = await (await storage.open(cacheName)).match(own + key);
      return found ? ((await found.json()) as Evaluation) : null;
    },
    async put(key, evaluation) {
      const cache = await storage.open(cacheName);
      const entries = (await cache.keys()).map(({ url }) => url);
      const others = entries.filter((url) => !url.startsWith(own));
      const oldest = entries.filter((url) => url.startsWith(own)).slice(0, 1 - mostKept);
      await Promise.all([...others, ...oldest].map((url) => cache.delete(url)));
      try {
        await cache.put(own + key, new Response(JSON.stringify(evaluation)));
      } catch (reason) {
        // Without room it is computed again the next time.
        if (!(reason instanceof Error) || reason.name !== 'QuotaExceededError') throw reason;
      }
    },
  };
}

/**
 * SHA-256 of all that an evaluation depends on but the code.
 *
 * @param encoder identity of the encoder; `null` without one
 */
export function contentKey(
  records: Records,
  { pack, people, ratings, judged, seed, theta, resamples, permutations }: EvaluationRequest,
  encoder: string | null,
): string {
  const hash = sha256.create();
  const add = (value: unknown): void => {
    hash.update(utf8ToBytes(`${JSON.stringify(value) ?? 'undefined'}\n`));
  };
  add({ pack, people, ratings, judged, seed, theta, resamples, permutations, encoder });
  for (const side of [records.dialogues, records.people, records.singleTurns]) {
    add(side.length);
    side.forEach(add);
  }
  return bytesToHex(hash.digest());
}
