import type { TokenVectors } from './bert-score';

/** What vectors were made with: part of the signature beside every number made of them. */
export interface EncoderInfo {
  id: string;
  /** SHA-256 of the weights. */
  hash: string;
  /** Of how many layers the token vectors are the output. */
  layer: number;
  /** How the weights are stored: "int8", "float32". */
  precision: string;
  version: string;
}

/** Turns texts into vectors; in a worker, under Node, or made up in a test. */
export interface TextEncoder {
  info(): EncoderInfo;
  /** Token vectors of each text, of the layer in `info()`. Errors: `engine-failed`. */
  encodeTokens(texts: readonly string[], signal?: AbortSignal): Promise<TokenVectors[]>;
  /** One vector of each text, of the last layer. */
  encodeSentences(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
}

/** "MiniLM, layer 5 of token vectors, no idf, not rescaled, int8, 1.30". */
export function bertSignature(
  info: EncoderInfo,
  { idf, isRescaled }: { idf: boolean; isRescaled: boolean },
): string {
  return [
    info.id,
    `layer ${String(info.layer)}`,
    idf ? 'idf of the references' : 'no idf',
    isRescaled ? 'rescaled by random pairs' : 'not rescaled',
    info.precision,
    `weights ${info.hash.slice(0, 12)}`,
    info.version,
  ].join(', ');
}
