import type { Dialogue } from '../contracts/dialogue';
import type { Combiner } from './combine';
import { defineMetric, type Metric, type MetricInfo, type Observation } from './metric';
import { mean, median } from './parts';
import { firstAccept } from './recommendations';

/** Complete exchanges (a user's turn and the recommender's after it) among the first `end` turns. */
export function exchangesBefore({ turns }: Pick<Dialogue, 'turns'>, end: number): number {
  return turns
    .slice(0, end)
    .filter((turn, i) => turn.role === 'recommender' && turns[i - 1]?.role === 'user').length;
}

function toSuccess(dialogue: Dialogue): Observation<number> {
  const accept = firstAccept(dialogue);
  if (accept === null) return { why: 'dialogue without an accept' };
  return { part: exchangesBefore(dialogue, accept) };
}

function orLimit(dialogue: Dialogue): Observation<number> {
  const accept = firstAccept(dialogue);
  const limit = Math.floor(dialogue.config.maxTurns / 2);
  return { part: accept === null ? limit : exchangesBefore(dialogue, accept) };
}

function exchanges(
  info: Pick<MetricInfo, 'id' | 'name' | 'formula' | 'variant'>,
  observe: (dialogue: Dialogue) => Observation<number>,
  combine: Combiner<number>,
): Metric {
  return defineMetric<number>({
    ...info,
    source: 'our definition',
    unit: 'exchanges',
    population: 'ended',
    observe,
    combine,
    undefinedBecause: 'No dialogue can be counted.',
  });
}

export const exchangeMetrics: readonly Metric[] = [
  exchanges(
    {
      id: 'exchanges-to-success',
      name: 'Exchanges to success',
      formula: 'mean of complete exchanges before the first accept',
      variant: 'over successes; an accept of the first recommendation, asked at once, is 1',
    },
    toSuccess,
    mean,
  ),
  exchanges(
    {
      id: 'exchanges-to-success-median',
      name: 'Exchanges to success, median',
      formula: 'median of complete exchanges before the first accept',
      variant: 'over successes',
    },
    toSuccess,
    median,
  ),
  exchanges(
    {
      id: 'exchanges-to-success-all',
      name: 'Exchanges to success, all',
      formula:
        'mean of complete exchanges before the first accept; half of the most turns without one',
      variant: 'over all dialogues, failures at the limit',
    },
    orLimit,
    mean,
  ),
  exchanges(
    {
      id: 'exchanges-median',
      name: 'Exchanges, median',
      formula: 'median of complete exchanges in a dialogue',
      variant: 'over all dialogues: the realism that success has to be read beside',
    },
    (dialogue) => ({ part: exchangesBefore(dialogue, dialogue.turns.length) }),
    median,
  ),
];
