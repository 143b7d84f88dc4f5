import { LabError } from '../contracts/errors';
import type { Profile } from '../contracts/profile';
import { engineWishes, talkRecommenderSeats, talkUserSeats, type Choices } from './choices';

/** A configuration as a link carries it: all choices, the domain and profile named. */
export interface SharedSetup extends Omit<Choices, 'domain' | 'profile'> {
  domain: string;
  /** A profile of the site by its id, the sender's own one whole: as it was written, not yet checked. */
  profile: string | Readonly<Record<string, unknown>>;
}

export type SharedReading =
  | { ok: true; setup: SharedSetup }
  /** `version`: of another version of links; `size`: longer than links are; `damaged`: anything else. */
  | { ok: false; reason: 'version' | 'size' | 'damaged' };

const mark = 'setup=';
const version = 1;
/** Longest link part (characters): a profile of the longest summary and many wishes fits, a file does not. */
export const longestLink = 8000;
const longestName = 200;

/**
 * The part of a link after `#`: the version, then the setup as JSON in base64url. After `#`, so that no server is told.
 * Errors: `bad-config` when the profile is too long for a link.
 */
export function writeShared(setup: SharedSetup): string {
  const { domain, profile, user, recommender, engine, models, counterpart } = setup;
  const { seed, maxTurns, candidates, temperature } = setup;
  const compact = {
    d: domain,
    p: profile,
    s: [user, recommender],
    m: [models.user, models.recommender, counterpart],
    e: engine,
    n: [seed, maxTurns, candidates, temperature],
  };
  const written = `${mark}${String(version)}.${toBase64(JSON.stringify(compact))}`;
  if (written.length <= longestLink) return written;
  throw new LabError(
    'bad-config',
    'This profile is too long for a link. Export it as a file, and share a link with a profile of the site.',
  );
}

/** Reads what `writeShared` wrote; `null` when the address carries no setup. Whatever is wrong, nothing is guessed. */
export function readShared(hash: string): SharedReading | null {
  const text = hash.replace(/^#/, '');
  if (!text.startsWith(mark)) return null;
  if (text.length > longestLink) return { ok: false, reason: 'size' };
  const found = /^(\d{1,6})\.([\w-]+)$/.exec(text.slice(mark.length));
  if (!found) return { ok: false, reason: 'damaged' };
  if (Number(found[1]) !== version) return { ok: false, reason: 'version' };
  const setup = setupOf(parse(found[2] ?? ''));
  return setup ? { ok: true, setup } : { ok: false, reason: 'damaged' };
}

function parse(encoded: string): unknown {
  try {
    return JSON.parse(fromBase64(encoded));
  } catch {
    // No base64, no UTF-8 or no JSON: a link that was cut or typed.
    return undefined;
  }
}

function setupOf(json: unknown): SharedSetup | null {
  if (!isRecord(json)) return null;
  const { d, p, s, m, e, n } = json;
  if (!Array.isArray(s) || !Array.isArray(m) || !Array.isArray(n)) return null;
  const domain = nameOf(d);
  const profile = isRecord(p) ? p : nameOf(p);
  const user = talkUserSeats.find((seat) => seat === s[0]);
  const recommender = talkRecommenderSeats.find((seat) => seat === s[1]);
  const engine = engineWishes.find((wish) => wish === e);
  const [seed, maxTurns, candidates] = [
    numberOf(n[0], 0, 2 ** 31 - 2),
    numberOf(n[1], 2, 60),
    numberOf(n[2], 0, 10_000),
  ];
  const temperature = numberOf(n[3], 0, 2, false);
  const models: unknown[] = [m[0], m[1], m[2]];
  if (!models.every((model) => model === null || nameOf(model) !== null)) return null;
  if (domain === null || profile === null || !user || !recommender || !engine) return null;
  if (seed === null || maxTurns === null || candidates === null || temperature === null)
    return null;
  return {
    domain,
    profile,
    user,
    recommender,
    engine,
    models: { user: nameOf(m[0]), recommender: nameOf(m[1]) },
    counterpart: nameOf(m[2]),
    seed,
    maxTurns,
    candidates,
    temperature,
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string | null {
  const fits = typeof value === 'string' && value !== '' && value.length <= longestName;
  return fits ? value : null;
}

function numberOf(value: unknown, least: number, most: number, whole = true): number | null {
  if (typeof value !== 'number' || !(value >= least && value <= most)) return null;
  return whole && !Number.isInteger(value) ? null : value;
}

function toBase64(text: string): string {
  const units = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(units.join('')).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64(encoded: string): string {
  const units = atob(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(units, (unit) => unit.charCodeAt(0));
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** The profile as a link carries it: the site's by id, the sender's own one whole. */
export function sharedProfile(profile: Profile, own: boolean): SharedSetup['profile'] {
  return own ? { ...profile } : profile.id;
}
