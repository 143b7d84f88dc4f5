import { distance } from 'fastest-levenshtein';

/** Finds words that differ from a given one by a typing slip. */
export interface NearWords {
  /** Words within the bound (see `slipsAllowed`), the nearest first, the word itself left out. */
  near(word: string): readonly { word: string; slips: number }[];
}

/** How many slips a word of this length may hold: none below 4 letters, one below 8, else two. */
export function slipsAllowed(length: number): number {
  if (length < 4) return 0;
  return length < 8 ? 1 : 2;
}

function deletions(word: string, depth: number): Set<string> {
  const found = new Set<string>([word]);
  let layer = [word];
  for (let d = 0; d < depth; d++) {
    const nextLayer: string[] = [];
    for (const text of layer) {
      for (let i = 0; i < text.length; i++) {
        const shorter = text.slice(0, i) + text.slice(i + 1);
        if (found.has(shorter)) continue;
        found.add(shorter);
        nextLayer.push(shorter);
      }
    }
    layer = nextLayer;
  }
  return found;
}

/** True when the words differ only by two neighbouring letters changing places. */
function isTransposition(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}

/** Slips between two words: Levenshtein distance, a swap of neighbours counting as one. */
export function slipsBetween(a: string, b: string): number {
  if (a === b) return 0;
  return isTransposition(a, b) ? 1 : distance(a, b);
}

/**
 * A deletion neighbourhood (as in SymSpell): two words within d slips share a form that each reaches by at
 * most d deletions, so a lookup costs a handful of map reads instead of a scan of the vocabulary.
 */
export function createNearWords(vocabulary: Iterable<string>): NearWords {
  const byForm = new Map<string, string[]>();
  for (const word of vocabulary) {
    if (/\d/.test(word)) continue;
    for (const form of deletions(word, slipsAllowed(word.length))) {
      const list = byForm.get(form);
      if (list === undefined) byForm.set(form, [word]);
      else list.push(word);
    }
  }
  return {
    near(word) {
      // A letter dropped from a word of four leaves three.
      const bound = slipsAllowed(word.length + 1);
      if (bound === 0 || /\d/.test(word)) return [];
      const seen = new Set<string>([word]);
      const found: { word: string; slips: number }[] = [];
      for (const form of deletions(word, bound)) {
        for (const candidate of byForm.get(form) ?? []) {
          if (seen.has(candidate)) continue;
          seen.add(candidate);
          const slips = slipsBetween(word, candidate);
          if (slips <= Math.min(bound, slipsAllowed(Math.max(candidate.length, word.length)))) {
            found.push({ word: candidate, slips });
          }
        }
      }
      return found.sort((a, b) => a.slips - b.slips || (a.word < b.word ? -1 : 1));
    },
  };
}
