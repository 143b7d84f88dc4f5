import type { TokenVectors } from './bert-score';

/** Cosine of two vectors; 0 where one has no length. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [product, squaresA, squaresB] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] as number, b[k] as number];
    product += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  return squaresA === 0 || squaresB === 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
}

/** Mean of all token vectors, [CLS] and [SEP] too, as the sentence encoder was trained. */
export function meanVector({ vectors, width, ids }: TokenVectors): Float32Array {
  const mean = new Float32Array(width);
  for (let i = 0; i < vectors.length; i++) {
    const k = i % width;
    mean[k] = (mean[k] as number) + (vectors[i] as number) / ids.length;
  }
  return mean;
}

/**
 * Match Score of recommended items: mean over them of the greatest cosine to any target's vector. `null` without
 * items or targets.
 */
export function matchScore(
  recommended: readonly Float32Array[],
  targets: readonly Float32Array[],
): number | null {
  if (recommended.length === 0 || targets.length === 0) return null;
  const best = recommended.map((item) =>
    Math.max(...targets.map((target) => cosine(item, target))),
  );
  return best.reduce((sum, one) => sum + one, 0) / best.length;
}
