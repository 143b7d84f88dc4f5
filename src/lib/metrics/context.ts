import type { ItemId } from '../contracts/catalogue';
import type { Dialogue } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
import { defaultTheta, fits } from '../profile/fit';
import { findGates, type Gate } from './gates';
import { findLeaks, type Leaks } from './ledger';

/** What all metrics share: the catalogue, and per dialogue what is dear to find out. */
export interface MetricContext {
  catalogue: Catalogue;
  /** Share of the wanted attributes that an item must have to fit. */
  theta: number;
  /**
   * Whether the item fits the dialogue's profile; `null` when the catalogue does not hold it or the profile
   * wants nothing, so that everything would fit.
   */
  fit(dialogue: Dialogue, item: ItemId): boolean | null;
  leaks(dialogue: Dialogue): Leaks;
  gates(dialogue: Dialogue): ReadonlySet<Gate>;
  /** True for the first dialogue of its profile: what describes profiles counts each once. */
  isFirstOfProfile(dialogue: Dialogue): boolean;
}

export function createContext(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  theta: number = defaultTheta,
): MetricContext {
  const firsts = new Map<string, Dialogue>();
  for (const dialogue of dialogues) {
    if (!firsts.has(dialogue.profileId)) firsts.set(dialogue.profileId, dialogue);
  }
  return {
    catalogue,
    theta,
    fit({ profile }, id) {
      const item = catalogue.byId(id);
      if (item === null || !hasWish(profile)) return null;
      return fits(item, profile, catalogue, theta);
    },
    leaks: once((dialogue) => findLeaks(dialogue, catalogue)),
    gates: once((dialogue) => findGates(dialogue, catalogue.pack.language)),
    isFirstOfProfile: (dialogue) => firsts.get(dialogue.profileId) === dialogue,
  };
}

/** Whether fitting means anything: a profile that wants nothing is fitted by everything. */
export function hasWish({ wanted }: Dialogue['profile']): boolean {
  return wanted.length > 0;
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
