import type { MetricResult, MetricUnit } from '../metrics';

/** A number as a report shows it: shares in percent, the rest with three digits that count. */
export function formatNumber(value: number, unit: MetricUnit): string {
  if (unit === 'share') return `${(value * 100).toFixed(1)} %`;
  if (unit === 'items') return value.toFixed(0);
  if (unit === 'exchanges' || unit === 'words') return value.toFixed(value >= 100 ? 0 : 1);
  return value.toFixed(3);
}

/** "25.0 % [5.0, 50.0]"; "unknown" where there is no number. */
export function formatResult({ value, interval, unit }: MetricResult): string {
  if (value === null) return 'unknown';
  if (interval === null) return formatNumber(value, unit);
  const ends = interval.map((end) => formatNumber(end, unit).replace(' %', ''));
  return `${formatNumber(value, unit)} [${ends.join(', ')}]`;
}

/** "0.004", "< 0.001". */
export function formatP(p: number | null): string {
  if (p === null) return 'unknown';
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}
