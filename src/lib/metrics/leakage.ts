import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';
import { stretchesOf } from './in-force';
import { defineMetric, type Metric, type MetricInfo, type Observation } from './metric';
import { countsOf, pooled, yes, type Quotient } from './parts';

type Kind = 'prompt' | 'history' | 'reply';

/** Whether targets can be looked for, and if so whether one leaks that way. */
function leaks(dialogue: Dialogue, context: MetricContext, kind: Kind): Observation<Quotient> {
  const targets = stretchesOf(dialogue).flatMap((stretch) => stretch.targets);
  if (!targets.some((target) => context.catalogue.byId(target) !== null)) {
    return { why: 'dialogue without a hidden target in the catalogue' };
  }
  const { ledger, prompts } = context.leaks(dialogue);
  if (kind === 'history') return yes(ledger.some(({ by }) => by === 'history'));
  if (kind === 'reply') return yes(ledger.some(({ by }) => by === 'user'));
  return prompts === null
    ? { why: 'dialogue whose prompts were not kept' }
    : yes(prompts.length > 0);
}

/** Whether any target of the dialogue leaked in a way that can be known. */
export function isLeaked(dialogue: Dialogue, context: MetricContext): boolean {
  const { ledger, prompts } = context.leaks(dialogue);
  return ledger.some(({ by }) => by !== 'recommender') || (prompts ?? []).length > 0;
}

function leakage(kind: Kind, info: Pick<MetricInfo, 'name' | 'formula' | 'variant'>): Metric {
  return defineMetric<Quotient>({
    ...info,
    id: `${kind}-leak`,
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) => leaks(dialogue, context, kind),
    combine: pooled,
    counts: countsOf('dialogues'),
    undefinedBecause: 'No dialogue can be counted.',
  });
}

export const leakageMetrics: readonly Metric[] = [
  leakage('prompt', {
    name: 'Prompt leak',
    formula:
      "dialogues in which a hidden target's title stands in a role's prompt before any role said it / dialogues " +
      'with prompts',
    variant: 'whole titles, case kept; everyday titles by label or in quotes',
  }),
  leakage('history', {
    name: 'History leak',
    formula:
      'dialogues whose profile names a hidden target in its summary or its items / dialogues',
    variant: 'whole titles, case kept; everyday titles by label or in quotes',
  }),
  leakage('reply', {
    name: 'Reply leak',
    formula:
      'dialogues in which the user names a hidden target before the recommender does / dialogues',
    variant: 'linked titles and actions; what the history names is history leak',
  }),
];
