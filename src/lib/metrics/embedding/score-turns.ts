import type { SingleTurn } from '../single-turn/row';
import {
  idfOf,
  isSilent,
  matchTokens,
  scoreOfMatches,
  type BertScore,
  type TokenMatches,
} from './bert-score';
import type { EncodingOptions, TextEncoder } from './encoder';

/** BERTScore of every row; `null` where the person said nothing. */
export interface TurnScores {
  plain: readonly (BertScore | null)[];
  /** Tokens weighted by their rarity among the references. */
  idf: readonly (BertScore | null)[];
}

/** So many rows' vectors are in memory at once; a token has 1.5 kB. */
const rowsAtOnce = 512;

/**
 * BERTScore of each system's turn against the person's, with and without idf. Within some hundred rows each text
 * is encoded once.
 */
export async function bertScoresOf(
  rows: readonly SingleTurn[],
  encoder: TextEncoder,
  { signal, onProgress }: EncodingOptions = {},
): Promise<TurnScores> {
  const matches: (TokenMatches | null)[] = [];
  for (let start = 0; start < rows.length; start += rowsAtOnce) {
    const some = rows.slice(start, start + rowsAtOnce);
    const report = (done: number, total: number) =>
      onProgress?.(start + Math.floor((some.length * done) / total), rows.length);
    matches.push(...(await matchesOf(some, encoder, { signal, onProgress: report })));
  }
  const weight = idfOf(matches.flatMap((one) => one?.reference ?? []));
  return {
    plain: matches.map((one) => one && scoreOfMatches(one)),
    idf: matches.map((one) => one && scoreOfMatches(one, weight)),
  };
}

async function matchesOf(
  rows: readonly SingleTurn[],
  encoder: TextEncoder,
  options: EncodingOptions,
): Promise<(TokenMatches | null)[]> {
  const texts = [
    ...new Set(rows.flatMap(({ hypothesis, reference }) => [hypothesis.text, reference.text])),
  ];
  const vectors = await encoder.encodeTokens(texts, options);
  const of = new Map(texts.map((text, i) => [text, vectors[i]]));
  return rows.map(({ hypothesis, reference }) => {
    const [own, other] = [of.get(hypothesis.text), of.get(reference.text)];
    return own === undefined || other === undefined || isSilent(other)
      ? null
      : matchTokens(own, other);
  });
}
