import { outcomeStatuses, type Dialogue, type OutcomeStatus } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
import { defaultTheta } from '../profile/fit';
import { bootstrapInterval, defaultResamples } from './bootstrap';
import { createContext, type EqualTurns } from './context';
import type { Mentioned, PromptLeak } from './ledger';
import type { Measurement, Metric, MetricResult } from './metric';
import { metrics as everyMetric } from './registry';

/** The outcome metrics of a set of dialogues with what they were computed with. Plain data. */
export interface OutcomeReport {
  schemaVersion: 1;
  catalogue: string;
  /** All dialogues that were handed in; each result says how many it is computed from. */
  dialogues: number;
  /** How the dialogues ended; `running` has no outcome yet. */
  statuses: Readonly<Record<OutcomeStatus | 'running', number>>;
  theta: number;
  seed: number;
  resamples: number;
  metrics: readonly MetricResult[];
  /** First mention of every hidden target that came up. */
  ledger: readonly Mentioned[];
  promptLeaks: readonly PromptLeak[];
}

export interface SummaryOptions {
  theta?: number;
  /** Bootstrap draws; 0 leaves every interval `null`. */
  resamples?: number;
  /** Which metrics; the outcome metrics unless told. */
  only?: readonly Metric[];
  /** How many turns of a role the diversity metrics take; all unless told. */
  equalTurns?: EqualTurns;
}

/** Computes the outcome metrics; the seed decides the intervals and nothing else. */
export function summarise(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  seed: number,
  {
    theta = defaultTheta,
    resamples = defaultResamples,
    only = everyMetric,
    equalTurns = {},
  }: SummaryOptions = {},
): OutcomeReport {
  const context = createContext(dialogues, catalogue, theta, { seed, ...equalTurns });
  const results = only.map((metric) =>
    withInterval(metric.measure(dialogues, context), seed, resamples),
  );
  const leaks = dialogues
    .filter(({ domain }) => domain === catalogue.pack.id)
    .map((dialogue) => context.leaks(dialogue));
  return {
    schemaVersion: 1,
    catalogue: catalogue.pack.id,
    dialogues: dialogues.length,
    statuses: statusesOf(dialogues),
    theta,
    seed,
    resamples,
    metrics: results,
    ledger: leaks.flatMap(({ ledger }) => ledger),
    promptLeaks: leaks.flatMap(({ prompts }) => prompts ?? []),
  };
}

/** A measured number with its interval; the seed and the metric's id decide the draws. */
export function withInterval(
  { redraw, interval, ...result }: Measurement,
  seed: number,
  resamples: number,
): MetricResult {
  const hasInterval = result.value !== null && result.n > 1 && resamples > 0;
  if (!hasInterval) return { ...result, interval: null };
  const drawn = () => bootstrapInterval(redraw, seed, result.id, resamples);
  return { ...result, interval: interval === undefined ? drawn() : interval };
}

/** One result of a report by its metric's id. */
export function resultOf(report: OutcomeReport, id: string): MetricResult | null {
  return report.metrics.find((result) => result.id === id) ?? null;
}

/** How dialogues ended; `running` has no outcome yet. */
export function statusesOf(dialogues: readonly Dialogue[]): OutcomeReport['statuses'] {
  const counts: Record<OutcomeStatus | 'running', number> = {
    running: 0,
    ...(Object.fromEntries(outcomeStatuses.map((status) => [status, 0])) as Record<
      OutcomeStatus,
      number
    >),
  };
  for (const { outcome } of dialogues) counts[outcome?.status ?? 'running'] += 1;
  return counts;
}
