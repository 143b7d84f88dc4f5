import type { Evaluation, MetricResult } from '../../metrics/index';
import { formatResult } from '../../report/index';
import type { MetricCardView, MetricOfSystem, SourceView } from '../../ui/evaluate/view';
import { formatCount } from '../../ui/format';
import type { EvaluationSource } from '../evaluate-sources';

/** Every metric once, with what each system got, in the order of the registry. */
export function metricCards({
  systems,
  singleTurns,
  people,
}: Evaluation): readonly MetricCardView[] {
  const entrants = [
    ...systems,
    ...singleTurns.map(({ system, results }) => ({ name: system, results })),
    ...(people === null ? [] : [people]),
  ];
  const cards = new Map<string, MetricCardView & { systems: MetricOfSystem[] }>();
  for (const { name: system, results } of entrants) {
    for (const result of results) {
      const { id, name, formula, variant, source } = result;
      const card = cards.get(id) ?? { id, name, formula, variant, source, systems: [] };
      cards.set(id, card);
      card.systems.push(ofSystem(system, result));
    }
  }
  return [...cards.values()];
}

function ofSystem(system: string, result: MetricResult): MetricOfSystem {
  const { value, n, counts, reason, leftOut } = result;
  return {
    system,
    value: formatResult(result),
    isKnown: value !== null,
    n,
    counted:
      counts === null
        ? ''
        : `${formatCount(Number(counts.hits.toPrecision(6)))} / ${formatCount(counts.of)} ${counts.unit}`,
    notes: [
      ...(reason === null ? [] : [reason]),
      ...leftOut.map(({ count, why }) => `${formatCount(count)}: ${why}`),
    ],
  };
}

export function sourceView({ id, kind, label, count }: EvaluationSource): SourceView {
  return { id, kind, label, count };
}
