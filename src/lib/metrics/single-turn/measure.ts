import { bootstrapInterval } from '../bootstrap';
import type { Combiner } from '../combine';
import type { MetricInfo, MetricResult } from '../metric';
import { left, pooled, type Quotient } from '../parts';
import type { SingleTurn } from './row';

/** What one turn gives, or why it gives nothing. */
export type Observed<Part> = { part: Part } | { why: string };

/** A metric of single turns; parts are gathered by dialogue, so that dialogues are drawn and not turns. */
export interface SingleTurnMetric extends MetricInfo {
  measure(rows: readonly SingleTurn[], seed: number, resamples: number): MetricResult;
}

export function singleTurnMetric<Part>(
  info: MetricInfo,
  observe: (row: SingleTurn, index: number) => Observed<Part>,
  combine: Combiner<readonly Part[]>,
  counts?: (parts: readonly Part[]) => MetricResult['counts'],
): SingleTurnMetric {
  return {
    ...info,
    measure(rows, seed, resamples) {
      const byDialogue = new Map<string, Part[]>();
      const skipped: Record<string, number> = {};
      for (const [index, row] of rows.entries()) {
        const seen = observe(row, index);
        if ('why' in seen) {
          skipped[seen.why] = (skipped[seen.why] ?? 0) + 1;
          continue;
        }
        const parts = byDialogue.get(row.dialogueId) ?? [];
        parts.push(seen.part);
        byDialogue.set(row.dialogueId, parts);
      }
      const groups = [...byDialogue.values()];
      const value = groups.length === 0 ? null : combine.of(groups);
      const hasInterval = value !== null && groups.length > 1 && resamples > 0;
      return {
        ...info,
        value,
        reason: value === null ? 'No turn can be counted.' : null,
        n: groups.length,
        counts: counts?.(groups.flat()) ?? null,
        interval: hasInterval
          ? bootstrapInterval(combine.sampler(groups), seed, info.id, resamples)
          : null,
        leftOut: left(skipped),
      };
    },
  };
}

/** A mean or share over all turns. */
export function pooledTurns(
  info: MetricInfo,
  observe: (row: SingleTurn, index: number) => Observed<Quotient>,
): SingleTurnMetric {
  const sum = (parts: readonly Quotient[]): Quotient =>
    parts.reduce((all, { hits, of }) => ({ hits: all.hits + hits, of: all.of + of }), {
      hits: 0,
      of: 0,
    });
  const grouped: Combiner<readonly Quotient[]> = {
    of: (groups) => pooled.of(groups.map(sum)),
    sampler: (groups) => pooled.sampler(groups.map(sum)),
    paired: (a, b) => pooled.paired(a.map(sum), b.map(sum)),
  };
  return singleTurnMetric(info, observe, grouped, (parts) => ({ ...sum(parts), unit: 'turns' }));
}
