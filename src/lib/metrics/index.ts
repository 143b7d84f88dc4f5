export { bootstrapInterval, defaultResamples, quantile } from './bootstrap';
export { createContext, type MetricContext } from './context';
export { gates, type Gate } from './gates';
export { judgementsOf, type Judgement } from './judgements';
export type { Leaks, Mentioned, PromptLeak } from './ledger';
export {
  defineMetric,
  type LeftOut,
  type Metric,
  type MetricInfo,
  type MetricResult,
} from './metric';
export { metricById, metrics } from './registry';
export { resultOf, summarise, type OutcomeReport, type SummaryOptions } from './summary';
export { namesItem } from './title-in-text';
