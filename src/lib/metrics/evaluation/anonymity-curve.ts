import type { Dialogue } from '../../contracts/dialogue';
import { profileAt } from '../../dialogue/steer';
import type { MetricContext } from '../context';
import { registeredMetric } from '../registry-all';
import { decidingTurn } from '../success';
import { withInterval } from '../summary';
import type { Curves } from './types';

/** Lower ends of the classes; profiles should sit at 20 to 300, so most lie there. */
const classes = [0, 20, 50, 100, 200, 300] as const;

/**
 * Verified success by how many items fit the profile: with few the target is as good as named, with thousands
 * everything fits. Classes without a dialogue are left out.
 */
export function anonymityCurve(
  dialogues: readonly Dialogue[],
  context: MetricContext,
  { seed, resamples }: { seed: number; resamples: number },
): Curves['anonymity'] {
  const crowds = dialogues.map((dialogue) => ({
    dialogue,
    anonymity: profileAt(dialogue, decidingTurn(dialogue, context)).anonymity,
  }));
  return classes.flatMap((from, i) => {
    const to = classes[i + 1] ?? null;
    const inClass = crowds.filter(
      ({ anonymity }) => anonymity >= from && (to === null || anonymity < to),
    );
    const own = inClass.map(({ dialogue }) => dialogue);
    const metric = registeredMetric('verified-success').restricted(
      {
        id: `verified-success-anonymity-${String(from)}`,
        name: 'Verified success',
        variant: `profiles that ${String(from)} items or more fit`,
      },
      () => true,
      '',
    );
    const { value, n, interval } = withInterval(metric.measure(own, context), seed, resamples);
    if (n === 0) return [];
    const fitting = inClass.reduce((sum, { anonymity }) => sum + anonymity, 0) / own.length;
    return [{ from, to, fitting, value, interval, n }];
  });
}
