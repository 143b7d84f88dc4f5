import { createRandom, deriveSeed, shuffled } from '../../domain/random';
import type { SingleTurn } from '../single-turn/row';
import { bertScore, meanScore, rescaled, type BertScore, type TokenVectors } from './bert-score';
import { bertSignature, type TextEncoder } from './encoder';

/** How many turns are paired at random to find the score of texts that have nothing to do with each other. */
const baselinePairs = 500;

/** BERTScore of every row, and what it was computed with. */
export interface TurnScores {
  /** `null` where the person said nothing. */
  scores: readonly (BertScore | null)[];
  signature: string;
  /** Score of references paired at random; `null` with fewer than two. */
  baseline: BertScore | null;
}

/**
 * BERTScore of each system's turn against the person's, rescaled with a baseline measured from random pairs of
 * the references. Each text is encoded once.
 */
export async function bertScoresOf(
  rows: readonly SingleTurn[],
  encoder: TextEncoder,
  seed: number,
  signal?: AbortSignal,
): Promise<TurnScores> {
  const texts = [
    ...new Set(rows.flatMap(({ hypothesis, reference }) => [hypothesis.text, reference.text])),
  ];
  const vectors = await encoder.encodeTokens(texts, signal);
  const of = new Map(texts.map((text, i) => [text, vectors[i]]));
  const score = (a: string, b: string): BertScore | null => {
    const [own, other] = [of.get(a), of.get(b)];
    return own === undefined || other === undefined || isSilent(other)
      ? null
      : bertScore(own, other);
  };
  const raw = rows.map(({ hypothesis, reference }) => score(hypothesis.text, reference.text));
  const baseline = baselineOf(
    rows.map(({ reference }) => reference.text),
    score,
    seed,
  );
  return {
    scores: raw.map((one) => (one === null || baseline === null ? one : rescaled(one, baseline))),
    signature: bertSignature(encoder.info(), { idf: false, isRescaled: baseline !== null }),
    baseline,
  };
}

function isSilent({ special }: TokenVectors): boolean {
  return special.every(Boolean);
}

function baselineOf(
  references: readonly string[],
  score: (a: string, b: string) => BertScore | null,
  seed: number,
): BertScore | null {
  const random = createRandom(deriveSeed('bert-baseline', seed));
  const order = shuffled([...new Set(references)], random).slice(0, baselinePairs + 1);
  return meanScore(order.slice(1).flatMap((text, i) => score(text, order[i] ?? '') ?? []));
}
