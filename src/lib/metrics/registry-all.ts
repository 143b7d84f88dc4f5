import { actAgreementMetrics } from './acts/agreement';
import { actShareMetrics } from './acts/distribution';
import { attributeMetrics } from './catalogue/attributes';
import { spreadMetrics } from './catalogue/spread';
import { diversityMetrics } from './language/diversity';
import { turnMetrics } from './language/turns';
import { LabError } from '../contracts/errors';
import type { Metric } from './metric';
import { metrics } from './registry';

/** Metrics of what is said, beside those of how dialogues end. */
export const talkMetrics: readonly Metric[] = [
  ...attributeMetrics,
  ...spreadMetrics,
  ...actShareMetrics,
  ...actAgreementMetrics,
  ...turnMetrics,
  ...diversityMetrics,
];

/** Every metric that needs nothing but dialogues and their catalogue. */
export const allMetrics: readonly Metric[] = [...metrics, ...talkMetrics];

export function metricById(id: string): Metric | null {
  return allMetrics.find((metric) => metric.id === id) ?? null;
}

/** A metric that other code builds on. Errors: `internal` when there is none of that id. */
export function registeredMetric(id: string): Metric {
  const metric = metricById(id);
  if (metric === null) throw new LabError('internal', `There is no metric "${id}".`);
  return metric;
}
