import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bertScore, idfOf, type TokenVectors } from '../../../src/lib/metrics/embedding/bert-score';
import { multiLabelF1 } from '../../../src/lib/metrics/single-turn/acts';
import {
  accuracy,
  auc,
  cliffsDelta,
  cohensD,
  cohensH,
  cohensKappa,
  entropy,
  fleissKappa,
  holm,
  jensenShannonDistance,
  kendallTauB,
  krippendorffAlpha,
  macroF1,
  meanDifferenceP,
  pearson,
  spearman,
} from '../../../src/lib/metrics/statistics';
import { selfBleu, sentenceBleu } from '../../../src/lib/metrics/text/bleu';
import type { ActionType } from '../../../src/lib/contracts';

/** Made by models/golden/metrics.py with the reference implementations. */
interface Golden {
  bleu: {
    sentences: { references: string[][]; hypothesis: string[]; bleu: number }[];
    corpus: string[][];
    selfBleu: number;
  };
  bertScore: {
    hypothesis: number[];
    reference: number[];
    hypothesisWeights: number[];
    referenceWeights: number[];
    width: number;
    precision: number;
    recall: number;
    f1: number;
  }[];
  idf: { references: number[][]; weights: Record<string, number>; unknown: number };
  correlations: { x: number[]; y: number[]; spearman: number; kendall: number; pearson: number }[];
  agreement: {
    alpha: { units: (number | null)[][]; nominal: number; ordinal: number; interval: number }[];
    fleiss: { counts: number[][]; kappa: number };
  };
  classification: {
    expected: string[];
    found: string[];
    accuracy: number;
    macroF1: number;
    kappa: number;
    multiLabel: { names: ActionType[]; expected: number[][]; found: number[][]; macroF1: number };
    auc: { positive: number[]; score: number[]; auc: number };
  };
  distributions: { a: number[]; b: number[]; distance: number; entropy: number }[];
  tests: {
    permutation: { differences: number[]; p: number }[];
    holm: { p: number[]; corrected: number[] };
    effect: { a: number[]; b: number[]; delta: number; d: number };
    cohensH: { a: number; b: number; h: number }[];
  };
}

const golden = JSON.parse(readFileSync('test/golden/metrics.json', 'utf8')) as Golden;

/** Agreement to 1e-6, the bar. */
function same(found: number | null, expected: number): void {
  expect(found).not.toBeNull();
  expect(Math.abs((found ?? Infinity) - expected)).toBeLessThan(1e-6);
}

describe('nltk', () => {
  it('sentence BLEU with smoothing method 1', () => {
    expect(golden.bleu.sentences.length).toBeGreaterThan(5);
    for (const { references, hypothesis, bleu } of golden.bleu.sentences) {
      same(sentenceBleu(references, hypothesis), bleu);
    }
  });

  it('Self-BLEU, each sentence against all others', () => {
    same(selfBleu(golden.bleu.corpus), golden.bleu.selfBleu);
  });
});

describe('bert-score', () => {
  const tokens = (vectors: number[], width: number): TokenVectors => {
    const count = vectors.length / width;
    return {
      vectors: Float32Array.from(vectors),
      width,
      ids: Int32Array.from({ length: count }, (_, i) => i),
      special: Array.from({ length: count }, (_, i) => i === 0 || i === count - 1),
    };
  };

  it.each(golden.bertScore.map((one, i) => [i, one] as const))('greedy matching %i', (_i, one) => {
    // The two sides' tokens have numbers of their own, so that each finds its weight.
    const hypothesis = tokens(one.hypothesis, one.width);
    const reference = tokens(one.reference, one.width);
    reference.ids.forEach((id, i) => (reference.ids[i] = 1000 + id));
    const score = bertScore(hypothesis, reference, (id) =>
      id >= 1000 ? (one.referenceWeights[id - 1000] ?? NaN) : (one.hypothesisWeights[id] ?? NaN),
    );
    same(score.precision, one.precision);
    same(score.recall, one.recall);
    same(score.f1, one.f1);
  });

  it('inverse document frequencies', () => {
    const weight = idfOf(
      golden.idf.references.map((ids) => ({
        vectors: new Float32Array(),
        width: 1,
        ids: Int32Array.from(ids),
        special: [],
      })),
    );
    for (const [id, expected] of Object.entries(golden.idf.weights)) {
      if (id !== '-1') same(weight(Number(id)), expected);
    }
    same(weight(999), golden.idf.unknown);
  });
});

describe('scipy', () => {
  it('correlations with ties', () => {
    for (const { x, y, ...expected } of golden.correlations) {
      const pairs = x.map((value, i) => [value, y[i] ?? NaN] as const);
      same(spearman(pairs), expected.spearman);
      same(kendallTauB(pairs), expected.kendall);
      same(pearson(pairs), expected.pearson);
    }
  });

  it('Jensen-Shannon distance and entropy in bits', () => {
    const counts = (list: number[]) => new Map(list.map((n, i) => [String(i), n]));
    for (const { a, b, distance, entropy: bits } of golden.distributions) {
      same(jensenShannonDistance(counts(a), counts(b)), distance);
      same(entropy(a), bits);
    }
  });

  it('the exact paired permutation test', () => {
    for (const { differences, p } of golden.tests.permutation) {
      same(meanDifferenceP(differences, 1, 'x'), p);
    }
  });

  it("Cliff's delta by Mann-Whitney's U", () => {
    const { a, b, delta, d } = golden.tests.effect;
    same(cliffsDelta(a, b), delta);
    same(cohensD(a, b), d);
  });
});

describe('krippendorff', () => {
  it.each(['nominal', 'ordinal', 'interval'] as const)('alpha, %s', (level) => {
    for (const one of golden.agreement.alpha) same(krippendorffAlpha(one.units, level), one[level]);
  });
});

describe('statsmodels', () => {
  it("Fleiss' kappa", () => {
    same(fleissKappa(golden.agreement.fleiss.counts), golden.agreement.fleiss.kappa);
  });

  it("Holm's correction", () => {
    const corrected = holm(golden.tests.holm.p);
    golden.tests.holm.corrected.forEach((expected, i) => same(corrected[i] ?? null, expected));
  });

  it("Cohen's h", () => {
    for (const { a, b, h } of golden.tests.cohensH) same(cohensH(a, b), h);
  });
});

describe('scikit-learn', () => {
  const { expected, found, ...rest } = golden.classification;
  const pairs = expected.map((one, i) => ({ expected: one, found: found[i] ?? '' }));

  it('accuracy, macro F1, kappa', () => {
    same(accuracy(pairs), rest.accuracy);
    same(macroF1(pairs), rest.macroF1);
    same(cohensKappa(pairs), rest.kappa);
  });

  it('macro F1 of several labels', () => {
    const { names, ...tables } = rest.multiLabel;
    const sets = (rows: number[][]) =>
      rows.map((row) => new Set(names.filter((_name, i) => row[i] === 1)));
    const guesses = sets(tables.found);
    const acts = sets(tables.expected).map((truth, i) => ({
      expected: truth,
      found: guesses[i] ?? new Set<ActionType>(),
    }));
    same(multiLabelF1(acts), tables.macroF1);
  });

  it('area under the curve with ties', () => {
    const { positive, score, auc: area } = rest.auc;
    same(auc(positive.map((one, i) => ({ positive: one === 1, score: score[i] ?? NaN }))), area);
  });
});
