import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEncoder, shippedEncoder } from '../../../src/cli/evaluate/encoder';
import { bertScoresOf } from '../../../src/lib/metrics/embedding/score-turns';
import { cosine } from '../../../src/lib/metrics/embedding/similarity';
import type { GoldenBertScore } from '../../unit/metrics/golden-bertscore';

/*
 * How far the 8-bit encoder is from the same network in float32, whose values models/golden/bertscore.py kept:
 *   npx tsx test/bars/eval/drift.ts
 * Writes test/bars/eval/drift.json. Fails beyond the bounds below.
 */

const bounds = { greatest: 0.05, mean: 0.005, sentence: 0.98 };

const golden = JSON.parse(readFileSync('test/golden/bertscore.json', 'utf8')) as GoldenBertScore;
const encoder = await openEncoder(shippedEncoder('.'));
const { plain } = await bertScoresOf(
  golden.pairs.map(({ hypothesis, reference }, i) => ({
    id: String(i),
    dialogueId: String(i),
    role: 'user',
    system: 'golden',
    hypothesis: { text: hypothesis },
    reference: { text: reference },
    named: [],
  })),
  encoder,
);
const off = golden.pairs.flatMap(({ plain: [, , f1] }, i) => {
  const found = plain[i]?.f1;
  return found === undefined ? [] : [found - f1];
});
const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const shown = golden.pairs
  .flatMap(({ hypothesis, reference }) => [hypothesis, reference])
  .slice(0, golden.tokens.length);
const tokens = await encoder.encodeTokens(shown);
const sentences = await encoder.encodeSentences(shown);
const tokenCosines = tokens.flatMap(({ vectors, width, ids }, i) =>
  [...ids.keys()].map((token) =>
    cosine(
      vectors.slice(token * width, (token + 1) * width),
      Float32Array.from(golden.tokens[i]?.slice(token * width, (token + 1) * width) ?? []),
    ),
  ),
);
const sentenceCosines = sentences.map((vector, i) =>
  cosine(vector, Float32Array.from(golden.sentences[i] ?? [])),
);
const pieces = await encoder.encodeTokens(golden.pairs.map(({ hypothesis }) => hypothesis));
const same = golden.pairs.filter(
  ({ hypothesisIds }, i) => pieces[i]?.ids.join() === hypothesisIds.join(),
).length;
const short = (value: number) => Number(value.toPrecision(4));
const drift = {
  pairs: off.length,
  texts: shown.length,
  f1: {
    greatest: short(Math.max(...off.map(Math.abs))),
    mean: short(mean(off.map(Math.abs))),
    bias: short(mean(off)),
  },
  token: { least: short(Math.min(...tokenCosines)), mean: short(mean(tokenCosines)) },
  sentence: { least: short(Math.min(...sentenceCosines)), mean: short(mean(sentenceCosines)) },
  pieces: { same, of: golden.pairs.length },
};
writeFileSync(join('test', 'bars', 'eval', 'drift.json'), `${JSON.stringify(drift, null, 2)}\n`);
console.log(JSON.stringify(drift, null, 2));
const holds =
  drift.f1.greatest <= bounds.greatest &&
  drift.f1.mean <= bounds.mean &&
  drift.sentence.least >= bounds.sentence &&
  same === golden.pairs.length;
process.exit(holds ? 0 : 1);
