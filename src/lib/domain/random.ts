import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Uniform numbers in [0, 1), repeatable from the seed. */
export type Random = () => number;

/** The largest seed that web-llm's generator takes: a Park-Miller generator modulo 2^31 - 1. */
const largestSeed = 2 ** 31 - 2;

/** Lower-case hex SHA-256 of UTF-8 text. */
export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * A seed in [2^24, 2^31 - 2] from anything that names a request, such as (run, dialogue, turn, role).
 * Small seeds are avoided: web-llm's first draw is proportional to the seed, so they all pick the top token.
 */
export function deriveSeed(...parts: readonly (string | number)[]): number {
  const smallest = 2 ** 24;
  const digest = sha256(utf8ToBytes(JSON.stringify(parts)));
  const word = new DataView(digest.buffer, digest.byteOffset).getUint32(0);
  return smallest + (word % (largestSeed - smallest + 1));
}

/** A short stable id from anything that names a thing. */
export function deriveId(prefix: string, ...parts: readonly (string | number)[]): string {
  return `${prefix}-${hashText(JSON.stringify(parts)).slice(0, 12)}`;
}

/** Marsaglia's xorshift32 behind a splitmix start: fast, repeatable, not for secrets. */
export function createRandom(seed: number): Random {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ (seed >>> 13)) | 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** A new array with the same values in random order (Fisher-Yates). */
export function shuffled<T>(values: readonly T[], random: Random): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const held = result[i] as T;
    result[i] = result[j] as T;
    result[j] = held;
  }
  return result;
}
