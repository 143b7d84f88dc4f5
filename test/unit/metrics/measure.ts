import type { Dialogue } from '../../../src/lib/contracts';
import { metricById, resultOf, summarise, type MetricResult } from '../../../src/lib/metrics';
import { catalogue } from './fixtures';

/** One metric over some dialogues, without an interval. */
export function measure(id: string, dialogues: readonly Dialogue[]): MetricResult {
  const metric = metricById(id);
  if (!metric) throw new Error(`no metric ${id}`);
  const report = summarise(dialogues, catalogue, 1, { resamples: 0, only: [metric] });
  const result = resultOf(report, id);
  if (!result) throw new Error(`no result ${id}`);
  return result;
}

export const value = (id: string, dialogues: readonly Dialogue[]): number | null =>
  measure(id, dialogues).value;
