import { bootstrapInterval } from '../bootstrap';
import type { MetricContext } from '../context';
import type { Metric } from '../metric';
import { cliffsDelta, cohensH, sizeWord } from '../statistics/effect-size';
import { holm } from '../statistics/holm';
import { permutationP } from '../statistics/permutation';
import { pairsOf, type System } from './systems';
import type { Comparison } from './types';

export interface CompareOptions {
  seed: number;
  resamples: number;
  permutations: number;
}

export interface Contestant extends System {
  context: MetricContext;
}

/** A metric compared between two systems over the dialogues that they share; `null` for one of whole corpora. */
export function compareTwo(
  metric: Metric,
  a: Contestant,
  b: Contestant,
  { seed, resamples, permutations }: CompareOptions,
): Comparison | null {
  const measured = metric.compare(pairsOf(a, b), [a.context, b.context]);
  if (measured === null) return null;
  const name = [metric.id, a.name, b.name].join(' ');
  const difference = measured.n === 0 ? null : measured.difference(() => false);
  const shared = { metric: metric.id, a: a.name, b: b.name, pairs: measured.n, pHolm: null };
  if (difference === null) {
    return { ...shared, difference, interval: null, p: null, effect: null };
  }
  return {
    ...shared,
    difference,
    interval:
      measured.n > 1 && resamples > 0
        ? bootstrapInterval((random) => measured.redraw(random), seed, name, resamples)
        : null,
    p: permutationP(
      measured.n,
      difference,
      (swaps) => measured.difference(swaps),
      seed,
      name,
      permutations,
    ),
    effect: effectOf(metric, measured.own),
  };
}

/** Cohen's h of shares of yes and no, else Cliff's delta of the dialogues' own values. */
function effectOf(
  { unit }: Metric,
  own: readonly (readonly [number, number])[],
): Comparison['effect'] {
  const [a, b] = [own.map(([one]) => one), own.map(([, other]) => other)];
  const isBinary = own.flat().every((value) => value === 0 || value === 1);
  if (own.length === 0) return null;
  if (unit === 'share' && isBinary) {
    const share = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const value = cohensH(share(a), share(b));
    return { kind: 'h', value, word: sizeWord('h', value) };
  }
  const value = cliffsDelta(a, b);
  return value === null ? null : { kind: 'delta', value, word: sizeWord('delta', value) };
}

/** Every metric between every two systems, corrected for their number metric by metric. */
export function correctedByMetric(comparisons: readonly Comparison[]): Comparison[] {
  const corrected = new Map<Comparison, number | null>();
  for (const metric of new Set(comparisons.map((one) => one.metric))) {
    const family = comparisons.filter((one) => one.metric === metric);
    const ps = holm(family.map(({ p }) => p));
    family.forEach((one, i) => corrected.set(one, ps[i] ?? null));
  }
  return comparisons.map((one) => ({ ...one, pHolm: corrected.get(one) ?? null }));
}
