import { actAgreementMetrics } from './acts/agreement';
import { actShareMetrics } from './acts/distribution';
import { attributeMetrics } from './catalogue/attributes';
import { spreadMetrics } from './catalogue/spread';
import { diversityMetrics } from './language/diversity';
import { turnMetrics } from './language/turns';
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
