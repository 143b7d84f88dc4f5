export { fleissKappa, krippendorffAlpha, type Level, type Ratings } from './agreement';
export { accuracy, auc, cohensKappa, macroF1, type Labelled } from './classification';
export {
  correlate,
  kendallTauB,
  pearson,
  ranksOf,
  spearman,
  type Correlation,
} from './correlation';
export { entropy, gini, jensenShannonDistance, type Counts } from './divergence';
export { cliffsDelta, cohensD, cohensH, sizeWord } from './effect-size';
export { holm } from './holm';
export { jackknifeInterval } from './jackknife';
export { defaultPermutations, meanDifferenceP, permutationP } from './permutation';
export { rankCorrelationP } from './rank-permutation';
