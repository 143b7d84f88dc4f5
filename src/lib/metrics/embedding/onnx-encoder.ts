import { LabError } from '../../contracts/errors';
import type { TokenVectors } from './bert-score';
import type { EncoderInfo, TextEncoder } from './encoder';
import { meanVector } from './similarity';
import { createWordPieces, type Pieces } from './word-pieces';

/** `manifest.json` of an encoder's folder. */
export interface EncoderManifest {
  id: string;
  precision: string;
  layer: number;
  width: number;
  /** Most pieces of a text. */
  longest: number;
  version: string;
  files: readonly { path: string; bytes: number; sha256: string }[];
}

/** Runs the network once: two outputs [batch, length, width], row by row. */
export interface EncoderSession {
  run(
    ids: BigInt64Array,
    mask: BigInt64Array,
    batch: number,
    length: number,
  ): Promise<{ tokens: Float32Array; last: Float32Array }>;
}

/** More texts at once gain nothing on a CPU and cost memory. */
const batchSize = 32;

/**
 * The encoder over a session, whoever runs it. Texts of like length are encoded together, so that little is
 * padded; 8-bit arithmetic takes its range from the whole batch, so the order of texts can move the last digits.
 *
 * @param onProgress texts done, and in all
 */
export function createOnnxEncoder(
  manifest: EncoderManifest,
  vocabulary: string,
  session: EncoderSession,
  onProgress?: (done: number, total: number) => void,
): TextEncoder {
  const pieces = createWordPieces(vocabulary, manifest.longest);
  const { width } = manifest;
  const weights = manifest.files.find(({ path }) => path.endsWith('.onnx'));

  async function encode(
    texts: readonly string[],
    output: 'tokens' | 'last',
    signal: AbortSignal | undefined,
  ): Promise<TokenVectors[]> {
    const cut = texts.map(pieces);
    const order = [...cut.keys()].sort((a, b) => lengthOf(cut[a]) - lengthOf(cut[b]));
    const found = new Array<TokenVectors>(texts.length);
    for (let start = 0; start < order.length; start += batchSize) {
      signal?.throwIfAborted();
      const batch = order.slice(start, start + batchSize);
      const length = Math.max(...batch.map((i) => lengthOf(cut[i])));
      const vectors = (
        await run(
          session,
          batch.map((i) => cut[i] as Pieces),
          length,
        )
      )[output];
      batch.forEach((index, row) => {
        const { ids, special } = cut[index] as Pieces;
        const from = row * length * width;
        found[index] = {
          ids,
          special,
          width,
          vectors: vectors.slice(from, from + ids.length * width),
        };
      });
      onProgress?.(Math.min(start + batchSize, order.length), order.length);
    }
    return found;
  }

  const info: EncoderInfo = {
    id: manifest.id,
    hash: weights?.sha256 ?? '',
    layer: manifest.layer,
    precision: manifest.precision,
    version: `version ${manifest.version}`,
  };
  return {
    info: () => info,
    encodeTokens: (texts, signal) => encode(texts, 'tokens', signal),
    encodeSentences: async (texts, signal) => (await encode(texts, 'last', signal)).map(meanVector),
  };
}

async function run(
  session: EncoderSession,
  batch: readonly Pieces[],
  length: number,
): ReturnType<EncoderSession['run']> {
  const ids = new BigInt64Array(batch.length * length);
  const mask = new BigInt64Array(batch.length * length);
  batch.forEach((one, row) => {
    one.ids.forEach((id, i) => {
      ids[row * length + i] = BigInt(id);
      mask[row * length + i] = 1n;
    });
  });
  try {
    return await session.run(ids, mask, batch.length, length);
  } catch (reason) {
    throw new LabError(
      'engine-failed',
      'The sentence encoder failed. Reload and try again, or leave out what needs it.',
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

function lengthOf(pieces: Pieces | undefined): number {
  return pieces?.ids.length ?? 0;
}
