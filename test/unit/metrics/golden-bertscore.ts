/** test/golden/bertscore.json, made by models/golden/bertscore.py: PyPI bert-score through the network in float32. */
export interface GoldenBertScore {
  pairs: readonly {
    hypothesis: string;
    reference: string;
    /** Numbers of their pieces. */
    hypothesisIds: readonly number[];
    referenceIds: readonly number[];
    plain: readonly [precision: number, recall: number, f1: number];
    idf: readonly [precision: number, recall: number, f1: number];
  }[];
  /** Token vectors of the first pairs' texts, hypothesis and reference in turn. */
  tokens: readonly (readonly number[])[];
  /** Their means in the last layer. */
  sentences: readonly (readonly number[])[];
}
