import type { Role } from '../contracts/action';
import type { ItemId } from '../contracts/catalogue';
import type { Dialogue } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
import { profileAt } from '../dialogue/steer';
import { createRandom, deriveSeed, shuffled } from '../domain/random';
import { defaultTheta, fits } from '../profile/fit';
import { findGates, type Gate } from './gates';
import { hasWish } from './in-force';
import { findLeaks, type Leaks } from './ledger';

/** What all metrics share: the catalogue, and per dialogue what is dear to find out. */
export interface MetricContext {
  catalogue: Catalogue;
  /** Share of the wanted attributes that an item must have to fit. */
  theta: number;
  /**
   * Whether the item fits the profile that was in force when turn `turn` was spoken; `null` when the catalogue does
   * not hold it or the profile wants nothing, so that everything would fit.
   */
  fit(dialogue: Dialogue, item: ItemId, turn: number): boolean | null;
  leaks(dialogue: Dialogue): Leaks;
  gates(dialogue: Dialogue): ReadonlySet<Gate>;
  /** True for the first dialogue of its profile: what describes profiles counts each once. */
  isFirstOfProfile(dialogue: Dialogue): boolean;
  /** What a role's turns say, as far as they are in the sample that diversity is computed on. */
  sampledTexts(dialogue: Dialogue, role: Role): readonly string[];
}

/**
 * Different n-grams grow with the text, so systems are compared on equally many turns of a role: whole dialogues
 * in random order, the last one cut. All turns unless told.
 */
export interface EqualTurns {
  user?: number;
  recommender?: number;
}

export function createContext(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  theta: number = defaultTheta,
  { seed = 1, ...equalTurns }: EqualTurns & { seed?: number } = {},
): MetricContext {
  const samples = lazySamples(dialogues, equalTurns, seed);
  const firsts = new Map<string, Dialogue>();
  for (const dialogue of dialogues) {
    if (!firsts.has(dialogue.profileId)) firsts.set(dialogue.profileId, dialogue);
  }
  return {
    catalogue,
    theta,
    fit(dialogue, id, turn) {
      const item = catalogue.byId(id);
      const profile = profileAt(dialogue, turn);
      if (item === null || !hasWish(profile)) return null;
      return fits(item, profile, catalogue, theta);
    },
    leaks: once((dialogue) => findLeaks(dialogue, catalogue)),
    gates: once((dialogue) => findGates(dialogue, catalogue.pack.language)),
    isFirstOfProfile: (dialogue) => firsts.get(dialogue.profileId) === dialogue,
    sampledTexts(dialogue, role) {
      const texts = dialogue.turns.flatMap((turn) => (turn.role === role ? [turn.text] : []));
      const taken = samples(role);
      return taken === null ? texts : texts.slice(0, taken.get(dialogue) ?? 0);
    },
  };
}

/** How many turns of each dialogue are taken; `null` where all are. */
function lazySamples(
  dialogues: readonly Dialogue[],
  equalTurns: EqualTurns,
  seed: number,
): (role: Role) => ReadonlyMap<Dialogue, number> | null {
  const known = new Map<Role, ReadonlyMap<Dialogue, number>>();
  return (role) => {
    const most = equalTurns[role];
    if (most === undefined) return null;
    const found = known.get(role) ?? sample(dialogues, role, most, seed);
    known.set(role, found);
    return found;
  };
}

function sample(
  dialogues: readonly Dialogue[],
  role: Role,
  most: number,
  seed: number,
): ReadonlyMap<Dialogue, number> {
  let left = most;
  const taken = new Map<Dialogue, number>();
  for (const dialogue of shuffled(dialogues, createRandom(deriveSeed('equal-turns', seed, role)))) {
    const own = dialogue.turns.filter((turn) => turn.role === role).length;
    taken.set(dialogue, Math.min(own, left));
    left -= Math.min(own, left);
  }
  return taken;
}

function once<T>(find: (dialogue: Dialogue) => T): (dialogue: Dialogue) => T {
  const found = new WeakMap<Dialogue, { value: T }>();
  return (dialogue) => {
    const known = found.get(dialogue);
    if (known) return known.value;
    const value = find(dialogue);
    found.set(dialogue, { value });
    return value;
  };
}
