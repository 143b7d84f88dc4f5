import { metricById, type Metric, type MetricResult } from '../../../src/lib/metrics';

/** The seed of all intervals and draws of the pair's bars. */
export const seed = 11;

interface Estimated {
  value: number | null;
  interval: readonly [low: number, high: number] | null;
}

/** "62.1 % [55.0, 69.2]"; `unknown` where there is no number. */
export function share({ value, interval }: Estimated): string {
  return text({ value, interval }, (number) => (number * 100).toFixed(1), ' %');
}

/** "0.621 [0.550, 0.692]". */
export function number({ value, interval }: Estimated, digits = 3): string {
  return text({ value, interval }, (n) => n.toFixed(digits), '');
}

function text({ value, interval }: Estimated, shown: (n: number) => string, unit: string): string {
  if (value === null) return 'unknown';
  const range = interval === null ? '' : ` [${interval.map(shown).join(', ')}]`;
  return `${shown(value)}${unit}${range}`;
}

export function metricNamed(id: string): Metric {
  const found = metricById(id);
  if (found === null) throw new Error(`There is no metric ${id}.`);
  return found;
}

/** What stays of a result in committed evidence. */
export function evidenceOf({ id, value, interval, n, counts, leftOut, reason }: MetricResult) {
  return { id, value, interval, n, counts, leftOut, ...(reason === null ? {} : { reason }) };
}

/** Whether two intervals share a number. */
export function overlap(a: Estimated, b: Estimated): boolean {
  if (a.interval === null || b.interval === null) return a.value === b.value;
  return a.interval[0] <= b.interval[1] && b.interval[0] <= a.interval[1];
}

/** At least, or at most, a bound; an unknown value is neither. */
export const atLeast = (value: number | null, bound: number) => value !== null && value >= bound;
export const atMost = (value: number | null, bound: number) => value !== null && value <= bound;
