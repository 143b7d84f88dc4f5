import { isLeaked } from '../leakage';
import type { Metric, MetricResult } from '../metric';
import { withInterval } from '../summary';
import type { Contestant } from './compare';

/** Whether a hidden target leaked in any of a system's dialogues. */
export function leakedIn({ dialogues, context }: Contestant): boolean {
  return dialogues.some((dialogue) => isLeaked(dialogue, context));
}

/** Every metric over the dialogues in which no hidden target leaked, but those that count leaks. */
export function withoutLeaks(
  { dialogues, context }: Contestant,
  metrics: readonly Metric[],
  { seed, resamples }: { seed: number; resamples: number },
): MetricResult[] {
  return metrics
    .filter(({ id }) => !/-(leak|unleaked|sound)$/.test(id))
    .map(({ id, name, variant, restricted }) => {
      const metric = restricted(
        {
          id: `${id}-unleaked`,
          name: `${name}, without leaks`,
          variant: `${variant}; dialogues in which no hidden target leaked`,
        },
        (dialogue, own) => !isLeaked(dialogue, own),
        'dialogue in which a hidden target leaked',
      );
      return withInterval(metric.measure(dialogues, context), seed, resamples);
    });
}
