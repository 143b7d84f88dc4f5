import { LabError } from '../../contracts/errors';
import type { BertBaseline, TokenVectors } from './bert-score';
import type { EncoderInfo, EncodingOptions, TextEncoder } from './encoder';
import type { EncoderManifest } from './encoder-manifest';
import { meanVector } from './similarity';
import { createWordPieces, type Pieces } from './word-pieces';

/** Token numbers and where there are any, [batch, length] row by row. */
export interface EncoderBatch {
  ids: BigInt64Array;
  mask: BigInt64Array;
  batch: number;
  length: number;
}

/** Runs the network once: vectors [batch, length, width] of the layer of token vectors, or of the last. */
export interface EncoderSession {
  run(input: EncoderBatch, output: 'tokens' | 'last'): Promise<Float32Array>;
}

/** Most pieces of a batch, padding counted: more at once gain nothing on a CPU and cost memory. */
const batchPieces = 1024;
const batchTexts = 64;

/**
 * The encoder over a session, whoever runs it. Texts of like length are encoded together, so that little is padded;
 * what else is in a batch does not change a text's vectors.
 */
export function createOnnxEncoder(
  manifest: EncoderManifest,
  vocabulary: string,
  session: EncoderSession,
  baseline: BertBaseline | null = null,
): TextEncoder {
  const pieces = createWordPieces(vocabulary, manifest.longest);
  const { width } = manifest;

  /** Calls `use` with each text's vectors, in the order of their lengths. */
  async function encode(
    texts: readonly string[],
    output: 'tokens' | 'last',
    { signal, onProgress }: EncodingOptions,
    use: (index: number, found: TokenVectors) => void,
  ): Promise<void> {
    const cut = texts.map(pieces);
    let done = 0;
    for (const batch of batchesOf(cut)) {
      signal?.throwIfAborted();
      const length = Math.max(...batch.map(([, { ids }]) => ids.length));
      const vectors = await run(session, batch, length, output);
      batch.forEach(([index, { ids, special }], row) => {
        const from = row * length * width;
        const own = vectors.slice(from, from + ids.length * width);
        use(index, { ids, special, width, vectors: own });
      });
      done += batch.length;
      onProgress?.(done, texts.length);
    }
  }

  const { id, precision, version, layer, layers } = manifest;
  const hash = manifest.files.find(({ path }) => path === 'lower.onnx')?.sha256 ?? '';
  const info: EncoderInfo = { id, hash, layer, layers, precision, version, baseline };
  return {
    info: () => info,
    async encodeTokens(texts, options = {}) {
      const found = new Array<TokenVectors>(texts.length);
      await encode(texts, 'tokens', options, (index, vectors) => (found[index] = vectors));
      return found;
    },
    async encodeSentences(texts, options = {}) {
      const found = new Array<Float32Array>(texts.length);
      await encode(texts, 'last', options, (index, all) => (found[index] = meanVector(all)));
      return found;
    },
  };
}

type Numbered = readonly [index: number, pieces: Pieces];

/** Texts of like length together. */
function* batchesOf(cut: readonly Pieces[]): Generator<readonly Numbered[]> {
  const order = [...cut.entries()].sort(([, a], [, b]) => a.ids.length - b.ids.length);
  let batch: Numbered[] = [];
  for (const one of order) {
    const isFull = (batch.length + 1) * one[1].ids.length > batchPieces;
    if (batch.length > 0 && (isFull || batch.length === batchTexts)) {
      yield batch;
      batch = [];
    }
    batch.push(one);
  }
  if (batch.length > 0) yield batch;
}

async function run(
  session: EncoderSession,
  texts: readonly Numbered[],
  length: number,
  output: 'tokens' | 'last',
): Promise<Float32Array> {
  const batch = texts.length;
  const ids = new BigInt64Array(batch * length);
  const mask = new BigInt64Array(batch * length);
  texts.forEach(([, one], row) => {
    one.ids.forEach((id, i) => {
      ids[row * length + i] = BigInt(id);
      mask[row * length + i] = 1n;
    });
  });
  try {
    return await session.run({ ids, mask, batch, length }, output);
  } catch (reason) {
    throw new LabError(
      'engine-failed',
      'The sentence encoder failed. Reload and try again, or leave the encoder out.',
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}
