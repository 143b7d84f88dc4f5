import type { Dialogue } from '../../contracts/dialogue';
import { LabError } from '../../contracts/errors';
import type { RatingItem, RatingMode, RatingSession, Transcript } from '../../contracts/rating';
import { createRandom, deriveId, deriveSeed, shuffled } from '../../domain/random';
import { planId, transcriptsHash } from '../../store/ratings/identity';
import { pairsOf, systemsOf, type System } from '../evaluation/systems';
import type { LeftOut } from '../metric';

export interface PlanRequest {
  title: string;
  mode: RatingMode;
  /** Decides which dialogues are taken, their ids, sides and order. */
  seed: number;
  /** Most dialogues, or pairs. */
  count: number;
  /** How many of them are shown twice, to see whether a rater agrees with themselves. */
  repeats: number;
  minutes: number | null;
  /** Whose dialogues stand side by side in pairs; the two with the most pairs unless told. */
  systems?: readonly [string, string] | null;
}

export interface PlannedSession {
  session: RatingSession;
  /** How many dialogues or sides each system has in it; for whoever made it, not for raters. */
  shares: readonly { system: string; dialogues: number }[];
  leftOut: readonly LeftOut[];
}

/** The id under which raters see a dialogue. Whoever has the dialogues finds them again by it. */
export function blindedId(seed: number, dialogueId: string): string {
  return deriveId('rated', seed, dialogueId);
}

/** Why a dialogue is not rated; `null` when it can be. */
function notRatable({ outcome, turns }: Dialogue): string | null {
  if (turns.every(({ text }) => text.trim() === '')) return 'dialogue in which nothing is said';
  if (outcome === null) return 'dialogue that has not ended';
  if (outcome.status === 'failed') return 'dialogue that an engine failure ended';
  if (outcome.status === 'stopped') return 'dialogue that was stopped by hand';
  return null;
}

/**
 * A blinded session: single dialogues, dealt evenly from the systems, the same profiles first; or pairs of two
 * systems' dialogues with one profile and seed, left and right by chance. The same dialogues and request give the
 * same session, whatever order they come in.
 *
 * Errors: `bad-input` when there is nothing to rate, or no pair.
 */
export function planSession(
  dialogues: readonly Dialogue[],
  request: PlanRequest,
  now: number,
): PlannedSession {
  const { seed, mode, title, minutes } = request;
  const ordered = [...dialogues].sort((a, b) => (a.id < b.id ? -1 : 1));
  const systems = systemsOf(ordered.filter((dialogue) => notRatable(dialogue) === null));
  if (systems.length === 0) throw tooFew('There is no finished dialogue to rate.');
  const random = createRandom(deriveSeed('rating-plan', seed));
  const chosen =
    mode === 'pairs'
      ? choosePairs(systems, request, random)
      : chooseSingles(systems, request, random).map((one) => [one] as const);
  const ids = chosen.map((group) => group.map(({ id }) => blindedId(seed, id)));
  const originals = ids.map(([a = '', b = null]) => itemOf(seed, a, b, 'shown'));
  const repeats = shuffled(originals, random)
    .slice(0, Math.min(request.repeats, originals.length))
    // The sides change places: who takes the left one by habit disagrees with themselves.
    .map(({ a, b }) => itemOf(seed, b ?? a, b === null ? null : a, 'repeated'));
  const items = [...originals, ...repeats];
  const rated = new Map(chosen.flat().map((dialogue) => [dialogue.id, dialogue]));
  const transcripts = [...rated.values()]
    .map((dialogue) => transcriptOf(dialogue, seed))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const content = { mode, seed, items, transcripts: transcriptsHash(transcripts), minutes };
  return {
    session: {
      plan: { schemaVersion: 1, id: planId(content), title, ...content, createdAt: now },
      transcripts,
    },
    shares: systems
      .map(({ name, dialogues: own }) => ({
        system: name,
        dialogues: own.filter(({ id }) => rated.has(id)).length,
      }))
      .filter((share) => share.dialogues > 0),
    leftOut: count(ordered.flatMap((dialogue) => notRatable(dialogue) ?? [])),
  };
}

/** The item that each item repeats; items shown once are not in it. */
export function repeatsOf(items: readonly RatingItem[]): ReadonlyMap<string, RatingItem> {
  const first = new Map<string, RatingItem>();
  const repeats = new Map<string, RatingItem>();
  for (const item of items) {
    const key = [item.a, item.b ?? ''].sort().join(' ');
    const original = first.get(key);
    if (original) repeats.set(item.id, original);
    else first.set(key, item);
  }
  return repeats;
}

function itemOf(seed: number, a: string, b: string | null, copy: string): RatingItem {
  return { id: deriveId('item', seed, a, b ?? '', copy), a, b };
}

function transcriptOf({ id, turns }: Dialogue, seed: number): Transcript {
  return { id: blindedId(seed, id), turns: turns.map(({ role, text }) => ({ role, text })) };
}

/** Evenly from the systems; every system's list begins with the same profiles. */
function chooseSingles(
  systems: readonly System[],
  { count: most }: PlanRequest,
  random: () => number,
): Dialogue[] {
  const profiles = [...new Set(systems.flatMap(({ dialogues }) => dialogues.map(profileOf)))];
  const place = new Map(shuffled(profiles.sort(), random).map((profile, i) => [profile, i]));
  const lists = systems.map(({ dialogues }) =>
    [...dialogues].sort((a, b) => (place.get(profileOf(a)) ?? 0) - (place.get(profileOf(b)) ?? 0)),
  );
  const longest = Math.max(...lists.map((list) => list.length));
  const dealt = Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list[i] ?? []));
  return shuffled(dealt.flat().slice(0, most), random);
}

const profileOf = ({ profileId, seed }: Dialogue): string => `${profileId} ${String(seed)}`;

function choosePairs(
  systems: readonly System[],
  { count: most, systems: wanted = null }: PlanRequest,
  random: () => number,
): (readonly [Dialogue, Dialogue])[] {
  let best: (readonly [Dialogue, Dialogue])[] = [];
  for (const [i, a] of systems.entries()) {
    for (const b of systems.slice(i + 1)) {
      if (wanted !== null && !(wanted.includes(a.name) && wanted.includes(b.name))) continue;
      const pairs = pairsOf(a, b);
      if (pairs.length > best.length) best = pairs;
    }
  }
  if (best.length === 0) {
    throw tooFew(
      'Pairs need two systems that held dialogues with the same profiles and seeds, and there is no such pair.',
    );
  }
  return shuffled(best, random)
    .slice(0, most)
    .map(([a, b]) => (random() < 0.5 ? ([a, b] as const) : ([b, a] as const)));
}

function count(reasons: readonly string[]): LeftOut[] {
  return [...new Set(reasons)].map((why) => ({
    why,
    count: reasons.filter((reason) => reason === why).length,
  }));
}

function tooFew(what: string): LabError {
  return new LabError(
    'bad-input',
    `${what} Hold some under Runs, with two recommenders for pairs, or choose other dialogues.`,
  );
}
