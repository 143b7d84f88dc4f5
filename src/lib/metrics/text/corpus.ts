import { createPairTable } from './pair-table';

export type GramUnit = 'word' | 'character';
export const gramOrders = [1, 2, 3, 4] as const;
export type GramOrder = (typeof gramOrders)[number];

/** The n-grams of a corpus: by place of its units the number of the n-gram that begins there, -1 for none. */
export interface Grams {
  at: Int32Array;
  /** How many different ones there are. */
  distinct: number;
}

/** What some dialogues' turns say, cut into units; a turn is one response, and no n-gram crosses its end. */
export interface Corpus {
  /** Turns of all dialogues. */
  responses: number;
  /** Turns of each dialogue. */
  responsesOf: Int32Array;
  /** Where each dialogue's units begin, and last where all end. */
  starts(unit: GramUnit): Int32Array;
  grams(unit: GramUnit, order: GramOrder): Grams;
}

/** Words as published Dist-n code takes them: what stands between white space, case and punctuation kept. */
export function spacedWords(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== '');
}

/** @param texts by dialogue, the texts of its turns */
export function createCorpus(texts: readonly (readonly string[])[]): Corpus {
  const units = {
    word: lazily(() => cut(texts, 'word')),
    character: lazily(() => cut(texts, 'character')),
  };
  const known = new Map<string, Grams>();
  const grams = (unit: GramUnit, order: GramOrder): Grams => {
    const key = `${unit} ${order}`;
    const found = known.get(key) ?? number(units[unit](), order, (n) => grams(unit, n));
    known.set(key, found);
    return found;
  };
  const responsesOf = Int32Array.from(texts, (turns) => turns.length);
  return {
    responses: responsesOf.reduce((sum, count) => sum + count, 0),
    responsesOf,
    starts: (unit) => units[unit]().starts,
    grams,
  };
}

interface Units {
  /** The number of each unit, in order. */
  ids: Int32Array;
  /** Where the response of each unit ends. */
  ends: Int32Array;
  starts: Int32Array;
  distinct: number;
}

function cut(texts: readonly (readonly string[])[], unit: GramUnit): Units {
  const numbers = new Map<string, number>();
  const ids: number[] = [];
  const ends: number[] = [];
  const starts = new Int32Array(texts.length + 1);
  for (const [dialogue, turns] of texts.entries()) {
    starts[dialogue] = ids.length;
    for (const text of turns) {
      const begin = ids.length;
      for (const piece of unit === 'word' ? spacedWords(text) : text) {
        let id = numbers.get(piece);
        if (id === undefined) {
          id = numbers.size;
          numbers.set(piece, id);
        }
        ids.push(id);
      }
      for (let i = begin; i < ids.length; i++) ends.push(ids.length);
    }
  }
  starts[texts.length] = ids.length;
  return {
    ids: Int32Array.from(ids),
    ends: Int32Array.from(ends),
    starts,
    distinct: numbers.size,
  };
}

function number(units: Units, order: GramOrder, lower: (order: GramOrder) => Grams): Grams {
  if (order === 1) return { at: units.ids, distinct: units.distinct };
  const shorter = lower((order - 1) as GramOrder);
  const table = createPairTable(shorter.distinct * 2);
  const at = new Int32Array(units.ids.length).fill(-1);
  for (let i = 0; i + order <= at.length; i++) {
    if (i + order > (units.ends[i] as number)) continue;
    at[i] = table.intern(shorter.at[i] as number, units.ids[i + order - 1] as number);
  }
  return { at, distinct: table.size() };
}

function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
