import type { Item } from '../contracts';
import type { Catalogue } from './catalogue';
import { wordsOf } from './text';

interface Entry {
  item: Item;
  /** Of the label, and of each other title. */
  names: readonly (readonly string[])[];
}

const entriesOf = new WeakMap<Catalogue, readonly Entry[]>();

/**
 * Items by what is typed of their title: every word must begin a word of the label or of one alias, in any order. Titles
 * that begin with what is typed come first, then the better known ones.
 *
 * @param limit most items; nothing typed finds none
 */
export function findItems(catalogue: Catalogue, typed: string, limit: number): readonly Item[] {
  const words = wordsOf(typed);
  if (words.length === 0) return [];
  const found = entries(catalogue).flatMap((entry) => {
    const rank = rankOf(entry, words);
    return rank === null ? [] : [{ item: entry.item, rank }];
  });
  return found
    .sort((a, b) => a.rank - b.rank || b.item.popularity - a.item.popularity)
    .slice(0, limit)
    .map(({ item }) => item);
}

function entries(catalogue: Catalogue): readonly Entry[] {
  const known = entriesOf.get(catalogue);
  if (known !== undefined) return known;
  const made = catalogue.items.map((item) => ({
    item,
    names: [item.label, ...item.aliases].map(wordsOf),
  }));
  entriesOf.set(catalogue, made);
  return made;
}

/** 0: a name begins with the words; 1: they are all in it; `null`: in none. */
function rankOf({ names }: Entry, words: readonly string[]): number | null {
  const hits = names.filter((name) =>
    words.every((word) => name.some((own) => own.startsWith(word))),
  );
  if (hits.length === 0) return null;
  return hits.some((name) => words.every((word, i) => name[i]?.startsWith(word))) ? 0 : 1;
}
