import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bar } from '../runner/bars';
import { readJson, script, vitest } from '../runner/commands';

const goldenTests = ['test/unit/metrics/golden.test.ts', 'test/unit/metrics/encoder.test.ts'];
const embedding = ['src/lib/metrics/embedding', 'static/encoders/minilm-l6-int8/manifest.json'];
const readBench = (root: string, name: string): unknown =>
  JSON.parse(readFileSync(join(root, 'test', 'bench', name), 'utf8'));

interface Drift {
  pairs: number;
  texts: number;
  f1: { greatest: number; mean: number; bias: number };
  token: { least: number; mean: number };
  sentence: { least: number; mean: number };
  pieces: { same: number; of: number };
}

/** Formulas against reference implementations, and what 8 bits do to the encoder. */
const goldenBar: Bar = {
  set: 'eval',
  number: 1,
  title:
    'Golden values of bert-score, nltk, scikit-learn, scipy, krippendorff, statsmodels to 1e-6; drift of the 8-bit encoder',
  inputs: [
    'src/lib/metrics/statistics',
    'src/lib/metrics/text',
    ...embedding,
    'test/golden/metrics.json',
    'test/golden/bertscore.json',
    ...goldenTests,
    'test/bars/eval/drift.ts',
  ],
  measure: async (root) => {
    const tests = await vitest(root, 'unit*', goldenTests);
    const file = 'test/bars/eval/drift.ts';
    const code = await script(root, file);
    const drift = readJson(root, 'eval/drift.json') as unknown as Drift;
    return {
      passed: tests.failed === 0 && tests.passed > 0 && code === 0,
      figures: {
        'golden tests': `${String(tests.passed)} passed, ${String(tests.failed)} failed`,
        'F1 off, at most': drift.f1.greatest,
        'F1 off, mean': drift.f1.mean,
        'F1 bias': drift.f1.bias,
        'cosine of a token to its f32 self, least and mean': `${String(drift.token.least)}, ${String(drift.token.mean)}`,
        'of a sentence': `${String(drift.sentence.least)}, ${String(drift.sentence.mean)}`,
        'texts cut into the same pieces': `${String(drift.pieces.same)} of ${String(drift.pieces.of)}`,
      },
      n: `${String(drift.pairs)} pairs of turns, vectors of ${String(drift.texts)} texts`,
      seed: null,
      command: `npx vitest run --project 'unit*' ${goldenTests.join(' ')}; npx tsx ${file}`,
    };
  },
};

const distBar: Bar = {
  set: 'eval',
  number: 2,
  title: 'Dist-4 in three named ways on the ReDial test half, as an independent script counts it',
  inputs: ['src/lib/metrics/text', 'test/golden/dist-redial.json', 'test/bars/dist.ts'],
  needsRedial: true,
  measure: async (root, { redial }) => {
    const code = await script(root, 'test/bars/dist.ts', [join(redial ?? '', 'test.jsonl')]);
    const { found, reproduced } = readJson(root, 'dist.json') as {
      found: { ratio: number; unicrs: number; crslab: number; responses: number };
      reproduced: boolean;
    };
    return {
      passed: code === 0 && reproduced,
      figures: {
        ratio: found.ratio.toFixed(4),
        "UniCRS's way": found.unicrs.toFixed(3),
        "CRSLab's way": found.crslab.toFixed(3),
      },
      n: `${String(found.responses)} responses`,
      seed: null,
      command: 'npx tsx test/bars/dist.ts DIR/test.jsonl',
    };
  },
};

const speedBar: Bar = {
  set: 'eval',
  number: 3,
  title:
    'BERTScore of 1,000 turn pairs <= 60 s, n-gram metrics of 100,000 turns <= 5 s, page responsive',
  inputs: [
    ...embedding,
    'src/lib/metrics/text',
    'src/lib/metrics/bridge',
    'src/lib/state/metrics-host.ts',
    'workers/metrics.worker.ts',
    'test/bench/encoder-cost.ts',
    'test/bench/encoder-cost-page.ts',
    'test/bench/language-cost.ts',
    'test/bench/turn-pairs.ts',
  ],
  measure: async (root) => {
    const command = 'npx tsx test/bench/encoder-cost.ts; npx tsx test/bench/language-cost.ts';
    const codes = [
      await script(root, 'test/bench/encoder-cost.ts'),
      await script(root, 'test/bench/language-cost.ts'),
    ];
    const { pairs, node, chromium } = readBench(root, 'encoder.json') as {
      pairs: number;
      node: { seconds: number; load: number; cpuSeconds: number };
      chromium: { seconds: number; longestHold: number; isolated: boolean };
    };
    const language = readBench(root, 'language.json') as { turns: number; seconds: number };
    return {
      passed:
        codes.every((code) => code === 0) &&
        pairs >= 1000 &&
        node.seconds <= 60 &&
        chromium.seconds <= 60 &&
        chromium.longestHold <= 100 &&
        language.turns >= 100_000 &&
        language.seconds <= 5,
      figures: {
        'seconds in Chromium, with loading': chromium.seconds,
        threads: chromium.isolated ? 'yes' : 'no',
        'page held at most, ms': chromium.longestHold,
        'seconds in Node': node.seconds,
        'of processor': node.cpuSeconds,
        'to load': node.load,
        'n-gram metrics, seconds': language.seconds,
      },
      n: `${String(pairs)} pairs of turns; ${String(language.turns)} turns`,
      seed: null,
      command,
    };
  },
};

/** The bars of the metrics themselves. */
export const metricBars: readonly Bar[] = [goldenBar, distBar, speedBar];
