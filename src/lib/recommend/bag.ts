import { attributeKey } from '../domain/attributes';
import type { Signals, Stance } from './signals';

/** What a learned ranker has a vector for each entry of. */
export const bagTables = ['heard', 'offered', 'attributes', 'words'] as const;
export type BagTable = (typeof bagTables)[number];

/** Something that was said, and how much it weighs. */
export interface BagEntry {
  table: BagTable;
  /** An item's id, an attribute's key, a word. */
  key: string;
  weight: number;
}

const itemWeights: Readonly<Record<Stance, number>> = {
  wanted: 1,
  refused: -0.6,
  offered: 0.6,
  declined: 0,
};
const attributeWeights: Readonly<Record<Stance, number>> = {
  wanted: 1,
  refused: -1,
  offered: 0.3,
  declined: 0.3,
};

/** Of a kind, the more was said, the less each weighs, so that a long talk is not a louder one. */
function evened(table: BagTable, weights: ReadonlyMap<string, number>): BagEntry[] {
  const scale = 1 / Math.sqrt(Math.max(1, weights.size));
  return [...weights].map(([key, weight]) => ({ table, key, weight: weight * scale }));
}

/** A conversation as a weighted bag; what is said last of a thing counts. */
export function bagOf({ items, attributes, words }: Signals): BagEntry[] {
  const last = new Map(items.map(({ item, stance }) => [item, stance]));
  const scale = 1 / Math.sqrt(Math.max(1, last.size));
  const named = [...last].map(([key, stance]): BagEntry => {
    const table = stance === 'wanted' || stance === 'refused' ? 'heard' : 'offered';
    return { table, key, weight: itemWeights[stance] * scale };
  });
  const asked = new Map(
    attributes.map(({ attribute, stance }) => [attributeKey(attribute), attributeWeights[stance]]),
  );
  const said = new Map(words.map((word) => [word, 1]));
  return [
    ...named.filter(({ weight }) => weight !== 0),
    ...evened('attributes', asked),
    ...evened('words', said),
  ];
}
