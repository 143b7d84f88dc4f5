/** Token vectors of a text, one after the other; every vector as long as `width`. */
export interface TokenVectors {
  vectors: Float32Array;
  width: number;
  /** The token's number in the vocabulary. */
  ids: Int32Array;
  /** True for [CLS] and [SEP]: they can be matched, but count nothing themselves. */
  special: readonly boolean[];
}

export interface BertScore {
  precision: number;
  recall: number;
  f1: number;
}

/** Weight of a token by its number; 1 for all without idf. */
export type TokenWeight = (id: number) => number;

/** Greatest cosine of each token of two texts to one of the other: all that BERTScore needs of the vectors. */
export interface TokenMatches {
  hypothesis: MatchedTokens;
  reference: MatchedTokens;
}

interface MatchedTokens {
  ids: Int32Array;
  special: readonly boolean[];
  best: Float64Array;
}

/**
 * BERTScore of one text against one reference (Zhang et al. 2020): every token takes its greatest cosine to a
 * token of the other text; P averages over the hypothesis, R over the reference, weighted by idf. A text without
 * tokens scores 0. Equal to PyPI `bert-score` on the same vectors.
 */
export function bertScore(
  hypothesis: TokenVectors,
  reference: TokenVectors,
  weight?: TokenWeight,
): BertScore {
  return scoreOfMatches(matchTokens(hypothesis, reference), weight);
}

/** The greedy matching of two texts' tokens. */
export function matchTokens(hypothesis: TokenVectors, reference: TokenVectors): TokenMatches {
  const [a, b] = [normalised(hypothesis), normalised(reference)];
  const { width } = hypothesis;
  const bestA = new Float64Array(hypothesis.ids.length).fill(-Infinity);
  const bestB = new Float64Array(reference.ids.length).fill(-Infinity);
  for (let i = 0; i < bestA.length; i++) {
    for (let j = 0; j < bestB.length; j++) {
      let cosine = 0;
      for (let k = 0; k < width; k++) {
        cosine += (a[i * width + k] as number) * (b[j * width + k] as number);
      }
      if (cosine > (bestA[i] as number)) bestA[i] = cosine;
      if (cosine > (bestB[j] as number)) bestB[j] = cosine;
    }
  }
  const matched = ({ ids, special }: TokenVectors, best: Float64Array) => ({ ids, special, best });
  return { hypothesis: matched(hypothesis, bestA), reference: matched(reference, bestB) };
}

/** The score of a matching. @param weight of a token by its number; all weigh the same without */
export function scoreOfMatches(
  { hypothesis, reference }: TokenMatches,
  weight: TokenWeight = () => 1,
): BertScore {
  if (isSilent(hypothesis) || isSilent(reference)) return { precision: 0, recall: 0, f1: 0 };
  const precision = average(hypothesis, weight);
  const recall = average(reference, weight);
  const sum = precision + recall;
  return { precision, recall, f1: sum === 0 ? 0 : (2 * precision * recall) / sum };
}

/**
 * Inverse document frequencies log((N + 1) / (n + 1)) over the references, n of which hold a token; one that no
 * reference holds weighs log(N + 1).
 */
export function idfOf(references: readonly Pick<TokenVectors, 'ids'>[]): TokenWeight {
  const holding = new Map<number, number>();
  for (const { ids } of references) {
    for (const id of new Set(ids)) holding.set(id, (holding.get(id) ?? 0) + 1);
  }
  return (id) => Math.log((references.length + 1) / ((holding.get(id) ?? 0) + 1));
}

/** What texts that have nothing to do with each other score. */
export interface BertBaseline extends BertScore {
  /** How many pairs of texts it is the mean of. */
  pairs: number;
  /** Whose texts. */
  source: string;
}

/** A score moved so that unrelated texts score 0: (x - b) / (1 - b). */
export function rescaled(score: BertScore, baseline: BertScore): BertScore {
  const move = (x: number, b: number): number => (x - b) / (1 - b);
  return {
    precision: move(score.precision, baseline.precision),
    recall: move(score.recall, baseline.recall),
    f1: move(score.f1, baseline.f1),
  };
}

/** Mean of scores; `null` of none. */
export function meanScore(scores: readonly BertScore[]): BertScore | null {
  if (scores.length === 0) return null;
  const mean = (of: (score: BertScore) => number): number =>
    scores.reduce((sum, score) => sum + of(score), 0) / scores.length;
  return {
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

/** Whether a text has no token of its own. */
export function isSilent({ special }: Pick<TokenVectors, 'special'>): boolean {
  return special.every(Boolean);
}

function normalised({ vectors, width }: TokenVectors): Float64Array {
  const unit = Float64Array.from(vectors);
  for (let start = 0; start < unit.length; start += width) {
    let squares = 0;
    for (let k = start; k < start + width; k++) squares += (unit[k] as number) ** 2;
    const length = Math.sqrt(squares);
    for (let k = start; k < start + width; k++) unit[k] = (unit[k] as number) / length;
  }
  return unit;
}

function average({ ids, special, best }: MatchedTokens, weight: TokenWeight): number {
  let [sum, weights] = [0, 0];
  for (const [i, cosine] of best.entries()) {
    const own = special[i] === true ? 0 : weight(ids[i] as number);
    sum += own * cosine;
    weights += own;
  }
  return weights === 0 ? 0 : sum / weights;
}
