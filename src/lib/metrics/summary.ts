import { outcomeStatuses, type Dialogue, type OutcomeStatus } from '../contracts/dialogue';
import type { Catalogue } from '../domain/catalogue';
import { defaultTheta } from '../profile/fit';
import { bootstrapInterval, defaultResamples } from './bootstrap';
import { createContext } from './context';
import type { Mentioned, PromptLeak } from './ledger';
import type { Metric, MetricResult } from './metric';
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
  /** Which metrics; all unless told. */
  only?: readonly Metric[];
}

/** Computes the outcome metrics; the seed decides the intervals and nothing else. */
export function summarise(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  seed: number,
  { theta = defaultTheta, resamples = defaultResamples, only = everyMetric }: SummaryOptions = {},
): OutcomeReport {
  const context = createContext(dialogues, catalogue, theta);
  const results = only.map((metric): MetricResult => {
    const { redraw, ...result } = metric.measure(dialogues, context);
    const hasInterval = result.value !== null && result.n > 1 && resamples > 0;
    return {
      ...result,
      interval: hasInterval ? bootstrapInterval(redraw, seed, metric.id, resamples) : null,
    };
  });
  const leaks = dialogues
    .filter(({ domain }) => domain === catalogue.pack.id)
    .map((dialogue) => context.leaks(dialogue));
  return {
    schemaVersion: 1,
    catalogue: catalogue.pack.id,
    dialogues: dialogues.length,
    statuses: countStatuses(dialogues),
    theta,
    seed,
    resamples,
    metrics: results,
    ledger: leaks.flatMap(({ ledger }) => ledger),
    promptLeaks: leaks.flatMap(({ prompts }) => prompts ?? []),
  };
}

/** One result of a report by its metric's id. */
export function resultOf(report: OutcomeReport, id: string): MetricResult | null {
  return report.metrics.find((result) => result.id === id) ?? null;
}

function countStatuses(dialogues: readonly Dialogue[]): OutcomeReport['statuses'] {
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
