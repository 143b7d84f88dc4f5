import type { Corpus, GramOrder, GramUnit } from './corpus';

/** Sums over the n-grams of some responses, of which every diversity figure is made. */
export interface Tally {
  /** n-grams, repeats counted. */
  total: number;
  distinct: number;
  /** Sum over different n-grams of count log2 count. */
  weighted: number;
  responses: number;
}

export function tally(corpus: Corpus, unit: GramUnit, order: GramOrder): Tally {
  const { counts, total } = countAll(corpus, unit, order);
  let weighted = 0;
  for (const count of counts) weighted += weight(count);
  return { total, distinct: counts.length, weighted, responses: corpus.responses };
}

/** The same sums with each group of dialogues left out; dialogue i is in group i modulo `groups`. */
export function talliesWithout(
  corpus: Corpus,
  unit: GramUnit,
  order: GramOrder,
  groups: number,
): Tally[] {
  const whole = tally(corpus, unit, order);
  const { counts } = countAll(corpus, unit, order);
  const own = new Int32Array(counts.length);
  const { at } = corpus.grams(unit, order);
  const starts = corpus.starts(unit);
  return Array.from({ length: groups }, (_, group) => {
    const rest = { ...whole };
    const touched: number[] = [];
    for (let dialogue = group; dialogue < corpus.responsesOf.length; dialogue += groups) {
      rest.responses -= corpus.responsesOf[dialogue] as number;
      for (let i = starts[dialogue] as number; i < (starts[dialogue + 1] as number); i++) {
        const gram = at[i] as number;
        if (gram < 0) continue;
        if (own[gram] === 0) touched.push(gram);
        own[gram] = (own[gram] as number) + 1;
        rest.total -= 1;
      }
    }
    for (const gram of touched) {
      const left = (counts[gram] as number) - (own[gram] as number);
      if (left === 0) rest.distinct -= 1;
      rest.weighted += weight(left) - weight(counts[gram] as number);
      own[gram] = 0;
    }
    return rest;
  });
}

function countAll(
  corpus: Corpus,
  unit: GramUnit,
  order: GramOrder,
): { counts: Int32Array; total: number } {
  const { at, distinct } = corpus.grams(unit, order);
  const counts = new Int32Array(distinct);
  let total = 0;
  for (const gram of at) {
    if (gram < 0) continue;
    counts[gram] = (counts[gram] as number) + 1;
    total += 1;
  }
  return { counts, total };
}

function weight(count: number): number {
  return count < 2 ? 0 : count * Math.log2(count);
}
