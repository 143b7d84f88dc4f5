import { readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openEncoder, shippedEncoder } from '../../../src/cli/evaluate/encoder';
import {
  bertScore,
  idfOf,
  rescaled,
  type TokenVectors,
} from '../../../src/lib/metrics/embedding/bert-score';
import { bertSignature, type TextEncoder } from '../../../src/lib/metrics/embedding/encoder';
import {
  parseBaseline,
  parseEncoderManifest,
} from '../../../src/lib/metrics/embedding/encoder-manifest';
import { findEncoder } from '../../../src/lib/metrics/embedding/find-encoder';
import {
  createOnnxEncoder,
  type EncoderBatch,
  type EncoderSession,
} from '../../../src/lib/metrics/embedding/onnx-encoder';
import { bertScoresOf } from '../../../src/lib/metrics/embedding/score-turns';
import { cosine } from '../../../src/lib/metrics/embedding/similarity';
import { createWordPieces } from '../../../src/lib/metrics/embedding/word-pieces';
import type { SingleTurn } from '../../../src/lib/metrics/single-turn/row';
import { bertTurnMetrics } from '../../../src/lib/metrics/single-turn/text';
import type { GoldenBertScore } from './golden-bertscore';

const folder = shippedEncoder('.');
const shipped = parseEncoderManifest(readFileSync(`${folder}/manifest.json`, 'utf8'));
const vocabulary = readFileSync(`${folder}/vocab.txt`, 'utf8');
const golden = JSON.parse(readFileSync('test/golden/bertscore.json', 'utf8')) as GoldenBertScore;

/** A network that is none: a piece's vector has its number, and the batch's size stays unseen. */
function fakeSession(seen: EncoderBatch[] = []): EncoderSession {
  return {
    run(input, output) {
      seen.push(input);
      const vectors = new Float32Array(input.batch * input.length * shipped.width);
      input.ids.forEach((id, i) => {
        vectors[i * shipped.width] = Number(id);
        vectors[i * shipped.width + 1] = output === 'last' ? 1 : 2;
      });
      return Promise.resolve(vectors);
    },
  };
}

const row = (hypothesis: string, reference: string, i = 0): SingleTurn => ({
  id: String(i),
  dialogueId: String(i),
  role: 'user',
  system: 's',
  hypothesis: { text: hypothesis },
  reference: { text: reference },
  named: [],
});

describe('word pieces', () => {
  it('are those of the published tokenizer, odd texts too', () => {
    const pieces = createWordPieces(vocabulary, shipped.longest);
    expect(golden.pairs.length).toBeGreaterThanOrEqual(100);
    for (const { hypothesis, hypothesisIds, reference, referenceIds } of golden.pairs) {
      expect([hypothesis, ...pieces(hypothesis).ids]).toEqual([hypothesis, ...hypothesisIds]);
      expect([...pieces(reference).ids]).toEqual([...referenceIds]);
    }
  });
});

describe('PyPI bert-score on the same texts and vectors', () => {
  const vectorsOf = (ids: readonly number[], values: readonly number[]): TokenVectors => ({
    ids: Int32Array.from(ids),
    special: ids.map((_id, i) => i === 0 || i === ids.length - 1),
    vectors: Float32Array.from(values),
    width: shipped.width,
  });
  const shown = golden.pairs.slice(0, golden.tokens.length / 2);
  const idf = idfOf(
    golden.pairs.map(({ referenceIds }) => ({ ids: Int32Array.from(referenceIds) })),
  );

  it.each(shown.map((pair, i) => [i, pair] as const))(
    'pair %i, with and without idf',
    (i, pair) => {
      const a = vectorsOf(pair.hypothesisIds, golden.tokens[2 * i] ?? []);
      const b = vectorsOf(pair.referenceIds, golden.tokens[2 * i + 1] ?? []);
      for (const [found, expected] of [
        [bertScore(a, b), pair.plain],
        [bertScore(a, b, idf), pair.idf],
      ] as const) {
        const { precision, recall, f1 } = found;
        [precision, recall, f1].forEach((value, part) => {
          expect(Math.abs(value - (expected[part] ?? NaN))).toBeLessThan(1e-6);
        });
      }
    },
  );
});

describe('the encoder that ships', () => {
  it('has at most 24 MB, of the length that its manifest says', () => {
    const sizes = shipped.files.map(({ path }) => statSync(`${folder}/${path}`).size);
    expect(sizes).toEqual(shipped.files.map(({ bytes }) => bytes));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(24e6);
  });

  it('scores as float32 does, within what 8 bits cost', { timeout: 240_000 }, async () => {
    const encoder = await openEncoder(folder, undefined, 1);
    const some = golden.pairs.slice(0, 8);
    const { plain } = await bertScoresOf(
      some.map(({ hypothesis, reference }, i) => row(hypothesis, reference, i)),
      encoder,
    );
    some.forEach(({ plain: [, , f1] }, i) => {
      expect(Math.abs((plain[i]?.f1 ?? NaN) - f1)).toBeLessThan(0.05);
    });
    const [pair] = some;
    const sentences = await encoder.encodeSentences([
      pair?.hypothesis ?? '',
      pair?.reference ?? '',
    ]);
    sentences.forEach((vector, i) => {
      expect(cosine(vector, Float32Array.from(golden.sentences[i] ?? []))).toBeGreaterThan(0.98);
    });
  });
});

describe('createOnnxEncoder', () => {
  const texts = [
    'a long one about the sea',
    'sea',
    '',
    'the sea again',
    ...Array<string>(70).fill('lamps'),
  ];

  it('gives every text its own vectors, whatever is beside it', async () => {
    const seen: EncoderBatch[] = [];
    const encoder = createOnnxEncoder(shipped, vocabulary, fakeSession(seen));
    const progress: number[] = [];
    const all = await encoder.encodeTokens(texts, { onProgress: (done) => progress.push(done) });
    const alone = await Promise.all(texts.slice(0, 5).map((text) => encoder.encodeTokens([text])));
    expect(all.slice(0, 5)).toEqual(alone.flat());
    expect(progress.at(-1)).toBe(texts.length);
    for (const { ids, mask, batch, length } of seen) {
      expect(ids).toHaveLength(batch * length);
      expect(batch).toBeLessThanOrEqual(64);
      mask.forEach((covers, i) => {
        expect(covers === 0n).toBe(ids[i] === 0n);
      });
    }
  });

  it('takes the mean of the last layer as a sentence', async () => {
    const encoder = createOnnxEncoder(shipped, vocabulary, fakeSession());
    const [vector] = await encoder.encodeSentences(['']);
    // [CLS] is 101, [SEP] 102.
    expect(vector?.slice(0, 2)).toEqual(Float32Array.from([101.5, 1]));
  });

  it('stops when told, and says what to do when the network fails', async () => {
    const stop = new AbortController();
    const encoder = createOnnxEncoder(shipped, vocabulary, fakeSession());
    const stopped = encoder.encodeTokens(texts, {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const failing = createOnnxEncoder(shipped, vocabulary, {
      run: () => Promise.reject(new Error('out of memory')),
    });
    await expect(failing.encodeTokens(['x'])).rejects.toMatchObject({
      code: 'engine-failed',
      detail: 'out of memory',
    });
  });
});

describe('BERTScore of single turns', () => {
  const baseline = { precision: 0.2, recall: 0.2, f1: 0.2, pairs: 10, source: 'made-up turns' };
  const scored = async (encoder: TextEncoder, rows: readonly SingleTurn[]) =>
    bertTurnMetrics(await bertScoresOf(rows, encoder), encoder.info()).map((metric) =>
      metric.measure(rows, 1, 0),
    );

  it('has plain, idf and rescaled scores, each with its signature; silence is left out', async () => {
    const encoder = createOnnxEncoder(shipped, vocabulary, fakeSession(), baseline);
    const rows = [row('the sea', 'the sea', 0), row('', 'lamps', 1), row('lamps', '', 2)];
    const results = await scored(encoder, rows);
    const plain = results.find(({ id }) => id === 'turn-bertscore-f1');
    expect(plain?.value).toBeCloseTo(0.5, 6);
    expect(plain?.leftOut).toEqual([{ count: 1, why: 'turn in which the person said nothing' }]);
    expect(plain?.variant).toBe(bertSignature(encoder.info(), { idf: false, isRescaled: false }));
    const byId = new Map(results.map((result) => [result.id, result]));
    // 1 stays 1, 0 becomes -0.25.
    expect(byId.get('turn-bertscore-f1-rescaled')?.value).toBeCloseTo(0.375, 6);
    expect(byId.get('turn-bertscore-f1-rescaled')?.variant).toContain('10 random pairs');
    expect(byId.get('turn-bertscore-f1-idf')?.variant).toContain('idf of the references');
  });

  it('is not rescaled without a baseline', async () => {
    const results = await scored(createOnnxEncoder(shipped, vocabulary, fakeSession()), [
      row('a', 'b'),
    ]);
    expect(results.map(({ id }) => id)).not.toContain('turn-bertscore-f1-rescaled');
    expect(rescaled(baseline, baseline)).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('findEncoder', () => {
  const source = (files: Record<string, string>) => ({
    source: {
      resolve: (path: string) => path,
      open: (location: string) =>
        Promise.resolve(new Blob([files[location] ?? '']).stream() as ReadableStream<Uint8Array>),
    },
  });
  const start = () => Promise.resolve(fakeSession());

  it('refuses damaged manifests and files', async () => {
    await expect(findEncoder(source({ m: '{' }), start, 'm')).rejects.toMatchObject({
      code: 'model-corrupt',
    });
    await expect(findEncoder(source({ m: '{}' }), start, 'm')).rejects.toMatchObject({
      code: 'model-corrupt',
    });
    const manifest = JSON.stringify({
      ...shipped,
      files: shipped.files.map((file) => ({ ...file, bytes: 3 })),
    });
    const found = await findEncoder(
      source({ m: manifest, 'lower.onnx': 'abc', 'upper.onnx': 'abc', 'vocab.txt': 'abc' }),
      start,
      'm',
    );
    await expect(found.open()).rejects.toMatchObject({ code: 'model-corrupt' });
    expect(() => parseBaseline('{"precision":2}')).toThrow('damaged');
  });
});
