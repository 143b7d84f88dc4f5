import type { EncodingOptions, TextEncoder } from '../embedding/encoder';
import { bertScoresOf } from '../embedding/score-turns';
import { actTurnMetrics } from '../single-turn/acts';
import { recallTurnMetrics } from '../single-turn/recall';
import type { SingleTurn } from '../single-turn/row';
import { bertTurnMetrics, textTurnMetrics } from '../single-turn/text';
import { singleTurnDisqualifications } from './standing';
import type { SingleTurnReport } from './types';

/** Single turns by what said them. */
export function bySystem(rows: readonly SingleTurn[]): Map<string, SingleTurn[]> {
  const groups = new Map<string, SingleTurn[]>();
  for (const row of rows) groups.set(row.system, [...(groups.get(row.system) ?? []), row]);
  return groups;
}

/** Everything of one system's single turns. */
export async function singleTurnReport(
  system: string,
  rows: readonly SingleTurn[],
  { seed, resamples }: { seed: number; resamples: number },
  encoder: TextEncoder | undefined,
  options: EncodingOptions,
): Promise<SingleTurnReport> {
  const metrics = [
    ...(encoder ? bertTurnMetrics(await bertScoresOf(rows, encoder, options), encoder.info()) : []),
    ...textTurnMetrics,
    ...actTurnMetrics,
    ...recallTurnMetrics,
  ];
  const results = metrics.map((metric) => metric.measure(rows, seed, resamples));
  return {
    system,
    turns: rows.length,
    results,
    disqualified: singleTurnDisqualifications(results),
  };
}
