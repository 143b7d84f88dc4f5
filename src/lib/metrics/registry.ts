import { anonymity } from './anonymity';
import { contradictionMetrics } from './contradictions';
import { coverageMetrics } from './coverage';
import { degeneracyMetrics } from './degeneracy';
import { discrimination } from './discrimination';
import { exchangeMetrics } from './exchanges';
import { faithfulnessMetrics } from './faithfulness';
import { falseAccepts } from './false-accepts';
import { isLeaked, leakageMetrics } from './leakage';
import { targetMatchMetrics } from './match-score';
import type { Metric } from './metric';
import { rankingMetrics } from './ranking';
import { recallMetrics } from './recall';
import { redrawMetrics } from './redraws';
import { roleSwapMetrics } from './role-swaps';
import { rawSuccess, verifiedSuccess } from './success';
import { violationMetrics } from './violations';

const successes: readonly Metric[] = [rawSuccess, verifiedSuccess];

const unleaked = successes.map((metric) =>
  metric.restricted(
    {
      id: `${metric.id}-unleaked`,
      name: `${metric.name}, without leaks`,
      variant: `${metric.variant}; dialogues in which no hidden target leaked`,
    },
    (dialogue, context) => !isLeaked(dialogue, context),
    'dialogue in which a hidden target leaked',
  ),
);

const sound = successes.map((metric) =>
  metric.restricted(
    {
      id: `${metric.id}-sound`,
      name: `${metric.name}, without degenerate dialogues`,
      variant: `${metric.variant}; dialogues that pass every gate`,
    },
    (dialogue, context) => context.gates(dialogue).size === 0,
    'degenerate dialogue',
  ),
);

/** Every outcome metric, in the order in which a report shows them. */
export const metrics: readonly Metric[] = [
  ...successes,
  ...unleaked,
  ...sound,
  falseAccepts,
  discrimination,
  ...anonymity,
  ...exchangeMetrics,
  ...recallMetrics,
  ...rankingMetrics,
  ...targetMatchMetrics,
  ...faithfulnessMetrics,
  ...leakageMetrics,
  ...degeneracyMetrics,
  ...roleSwapMetrics,
  ...redrawMetrics,
  ...contradictionMetrics,
  ...coverageMetrics,
  ...violationMetrics,
];
