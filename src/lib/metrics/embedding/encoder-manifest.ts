import { LabError } from '../../contracts/errors';
import type { BertBaseline } from './bert-score';

/** `manifest.json` of an encoder's folder, as `models/encoder` writes it. */
export interface EncoderManifest {
  id: string;
  /** How the weights are stored, and with what is reckoned. */
  precision: string;
  version: string;
  /** Token vectors are this layer's output. */
  layer: number;
  /** How many there are; a sentence's vector is of the last. */
  layers: number;
  width: number;
  /** Most pieces of a text. */
  longest: number;
  files: readonly EncoderFile[];
}

export interface EncoderFile {
  path: string;
  bytes: number;
  sha256: string;
}

/** An encoder's parts: layers up to the one of token vectors, the layers after it, the vocabulary. */
export const encoderParts = ['lower.onnx', 'upper.onnx', 'vocab.txt'] as const;
export type EncoderPart = (typeof encoderParts)[number];
/** What random pairs score; an encoder may lack it. */
export const baselinePart = 'baseline.json';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;

function isFile(value: unknown): value is EncoderFile {
  if (typeof value !== 'object' || value === null) return false;
  const { path, bytes, sha256 } = value as Record<string, unknown>;
  return isText(path) && isCount(bytes) && isText(sha256) && /^[0-9a-f]{64}$/.test(sha256);
}

/** Reads a manifest. Error: `model-corrupt`, with what is wrong as its detail. */
export function parseEncoderManifest(text: string): EncoderManifest {
  const { id, precision, version, layer, layers, width, longest, files } = objectOf(text);
  if (!isText(id) || !isText(precision) || !isText(version))
    throw damaged('id, precision, version');
  if (!isCount(layer) || !isCount(layers) || !isCount(width) || !isCount(longest)) {
    throw damaged('layer, layers, width, longest');
  }
  if (!Array.isArray(files) || !files.every(isFile)) throw damaged('files');
  const absent = encoderParts.filter((part) => !files.some(({ path }) => path === part));
  if (absent.length > 0) throw damaged(`without ${absent.join(', ')}`);
  return { id, precision, version, layer, layers, width, longest, files };
}

/** Reads `baseline.json`. Error: `model-corrupt`. */
export function parseBaseline(text: string): BertBaseline {
  const { precision, recall, f1, pairs, source } = objectOf(text);
  const isScore = (value: unknown): value is number =>
    typeof value === 'number' && value > -1 && value < 1;
  if (!isScore(precision) || !isScore(recall) || !isScore(f1)) throw damaged('baseline scores');
  if (!isCount(pairs) || !isText(source)) throw damaged('baseline pairs, source');
  return { precision, recall, f1, pairs, source };
}

function objectOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (reason) {
    throw damaged(reason instanceof Error ? reason.message : String(reason));
  }
  if (typeof value !== 'object' || value === null) throw damaged('not an object');
  return value as Record<string, unknown>;
}

function damaged(detail: string): LabError {
  return new LabError(
    'model-corrupt',
    "The sentence encoder's manifest is damaged. Build it again as models/README.md says, or leave the encoder out.",
    detail,
  );
}
