import type { BertBaseline, TokenVectors } from './bert-score';

/** What vectors were made with: part of the signature beside every number made of them. */
export interface EncoderInfo {
  id: string;
  /** SHA-256 of the weights. */
  hash: string;
  /** Of which layer the token vectors are the output, and of how many. */
  layer: number;
  layers: number;
  /** How the weights are stored, and with what is reckoned. */
  precision: string;
  version: string;
  /** For rescaling BERTScore; `null`: none was measured. */
  baseline: BertBaseline | null;
}

export interface EncodingOptions {
  signal?: AbortSignal | undefined;
  /** @param done texts, of `total` */
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Turns texts into vectors; in a worker, under Node, or made up in a test. */
export interface TextEncoder {
  info(): EncoderInfo;
  /** Token vectors of each text, of the layer in `info()`. Errors: `engine-failed`. */
  encodeTokens(texts: readonly string[], options?: EncodingOptions): Promise<TokenVectors[]>;
  /** One vector of each text, of the last layer. */
  encodeSentences(texts: readonly string[], options?: EncodingOptions): Promise<Float32Array[]>;
}

/** "all-MiniLM-L6-v2, layer 5 of 6, no idf, not rescaled, int8 weights, weights 0123456789ab, version 1". */
export function bertSignature(
  info: EncoderInfo,
  { idf, isRescaled }: { idf: boolean; isRescaled: boolean },
): string {
  return [
    info.id,
    `layer ${String(info.layer)} of ${String(info.layers)}`,
    idf ? 'idf of the references' : 'no idf',
    isRescaled && info.baseline
      ? `rescaled by ${String(info.baseline.pairs)} random pairs of ${info.baseline.source}`
      : 'not rescaled',
    info.precision,
    `weights ${info.hash.slice(0, 12)}`,
    `version ${info.version}`,
  ].join(', ');
}
