import { isAbsolute, relative } from 'node:path';
import { summarise, type MetricResult } from '../../lib/metrics';
import type { SimulationResult } from './run';

/** What `--json` prints. */
export function summaryOf(result: SimulationResult) {
  const { run, dialogues, seconds } = result;
  const now = dialogues.length - result.heldBefore;
  return {
    schemaVersion: 1,
    runId: run.id,
    out: result.out,
    domain: run.domain,
    seed: run.seed,
    promptVersion: run.promptVersion,
    models: run.models,
    config: run.config,
    engine: result.why,
    dialogues: {
      asked: result.asked,
      finished: dialogues.length,
      heldBefore: result.heldBefore,
      ofOtherRuns: result.foreign,
      failed: dialogues.filter(({ outcome }) => outcome?.status === 'failed').length,
    },
    outcome: summarise(dialogues, result.catalogue, run.seed),
    interrupted: result.interrupted,
    error: result.failure?.toData() ?? null,
    seconds,
    dialoguesPerHour: seconds.dialogues > 0 && now > 0 ? (now / seconds.dialogues) * 3600 : null,
  };
}

export type SimulationSummary = ReturnType<typeof summaryOf>;

/** The same for people. */
export function summaryText(summary: SimulationSummary): string {
  const { dialogues, models } = summary;
  const shown = relative(process.cwd(), summary.out);
  const rows: [string, string][] = [
    ['Run', summary.runId],
    ['User', models.user.id],
    ['Recommender', models.recommender.id],
    [
      'Dialogues',
      `${String(dialogues.finished)} of ${String(dialogues.asked)}` +
        (dialogues.heldBefore > 0 ? `, ${String(dialogues.heldBefore)} of them from before` : ''),
    ],
    ['Written to', isAbsolute(shown) || shown.startsWith('..') ? summary.out : shown],
  ];
  const { statuses, metrics } = summary.outcome;
  const endings = Object.entries(statuses).filter(([, count]) => count > 0);
  if (endings.length > 0) {
    rows.push([
      'Endings',
      endings.map(([status, count]) => `${status} ${String(count)}`).join(', '),
    ]);
  }
  for (const metric of metrics.filter(({ id }) => shownMetrics.includes(id))) {
    rows.push([metric.name, valueText(metric)]);
  }
  const width = Math.max(...rows.map(([name]) => name.length)) + 2;
  return rows.map(([name, value]) => `${name.padEnd(width)}${value}\n`).join('');
}

/** The rest is in `--json`, and on the page. */
const shownMetrics: readonly string[] = [
  'raw-success',
  'verified-success',
  'false-accept-rate',
  'discrimination',
  'exchanges-median',
  'recall@10-any-macro',
  'prompt-leak',
  'reply-leak',
  'degenerate-any',
  'violation-any-turns',
];

/** "0.25 [0.05, 0.50], N 20", or why there is no number. */
function valueText({ value, reason, interval, n, unit }: MetricResult): string {
  if (value === null) return `unknown: ${reason ?? ''}`;
  const shown = (number: number) =>
    unit === 'share' ? `${(number * 100).toFixed(1)} %` : number.toFixed(2);
  const range = interval === null ? '' : ` [${interval.map(shown).join(', ')}]`;
  return `${shown(value)}${range}, N ${String(n)}`;
}
