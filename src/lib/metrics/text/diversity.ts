import type { GramOrder, GramUnit } from './corpus';
import type { Tally } from './tally';

/**
 * Word pieces of BERT's vocabulary: the V of Liu et al. (2022). For n-grams V ** n, the number of n-grams that
 * could be.
 */
export const eadVocabulary = 30_522;

/** A named way to turn sums over n-grams into one figure. */
export interface DiversityFigure {
  id: 'ratio' | 'unicrs' | 'crslab' | 'ead' | 'entropy';
  unit: GramUnit;
  name: string;
  formula: string;
  source: string;
  measure: 'share' | 'bits' | 'n-grams a response';
  of(tally: Tally, order: GramOrder): number | null;
}

const perResponse = ({ distinct, responses }: Tally): number | null =>
  responses === 0 ? null : distinct / responses;

export const diversityFigures: readonly DiversityFigure[] = [
  {
    id: 'ratio',
    unit: 'word',
    name: 'by ratio',
    formula: 'different word n-grams / all word n-grams',
    source: 'Li et al. 2016',
    measure: 'share',
    of: ({ distinct, total }) => (total === 0 ? null : distinct / total),
  },
  {
    id: 'unicrs',
    unit: 'word',
    name: "in UniCRS's way",
    formula: 'different word n-grams / responses',
    source: 'the evaluation of UniCRS (Wang et al. 2022)',
    measure: 'n-grams a response',
    of: perResponse,
  },
  {
    id: 'crslab',
    unit: 'character',
    name: "in CRSLab's way",
    formula: 'different character n-grams / responses',
    source: 'the evaluation of CRSLab (Zhou et al. 2021)',
    measure: 'n-grams a response',
    of: perResponse,
  },
  {
    id: 'ead',
    unit: 'word',
    name: 'expectation-adjusted',
    formula: 'D / (V^n (1 - ((V^n - 1) / V^n)^C)), D different and C all word n-grams, V 30,522',
    source: 'Liu et al. 2022',
    measure: 'share',
    of: ({ distinct, total }, order) => {
      const possible = eadVocabulary ** order;
      const expected = -possible * Math.expm1(total * Math.log1p(-1 / possible));
      return total === 0 ? null : distinct / expected;
    },
  },
  {
    id: 'entropy',
    unit: 'word',
    name: 'entropy',
    formula: '- sum over different word n-grams of p log2 p',
    source: 'Zhang et al. 2018 (there in nats)',
    measure: 'bits',
    of: ({ total, weighted }) => (total === 0 ? null : Math.log2(total) - weighted / total),
  },
];
