import type { SystemReport } from '../../metrics';
import type { BarChart, LineChart, MatrixChart } from './spec';

const outcomes = ['raw-success', 'verified-success', 'verified-success-sound'] as const;

/** Success in its three readings, by system. */
export function outcomeChart(systems: readonly SystemReport[]): BarChart {
  return {
    kind: 'bars',
    id: 'outcome-bars',
    title: 'Success by system, 95 % intervals',
    unit: 'share',
    groups: systems.map(({ name, results }) => ({
      label: name,
      bars: outcomes.map((id) => {
        const result = results.find((one) => one.id === id);
        return {
          label: result?.name ?? id,
          value: result?.value ?? null,
          interval: result?.interval ?? null,
        };
      }),
    })),
  };
}

function curve(
  systems: readonly SystemReport[],
  pick: (system: SystemReport) => readonly number[],
): LineChart['lines'] {
  return systems.map((system) => ({
    label: system.name,
    points: pick(system).map((value, i) => [i + 1, value] as const),
  }));
}

export function successChart(systems: readonly SystemReport[]): LineChart {
  return {
    kind: 'lines',
    id: 'success-by-exchange',
    title: 'Dialogues with an accept by the end of each exchange',
    xLabel: 'exchange',
    yLabel: 'share of dialogues',
    lines: curve(systems, ({ curves }) => curves.success),
  };
}

export function attributeChart(systems: readonly SystemReport[]): LineChart {
  return {
    kind: 'lines',
    id: 'attribute-coverage',
    title: 'Wanted attributes that the user has named by each of its turns',
    xLabel: "user's turn",
    yLabel: 'share of attributes',
    lines: curve(systems, ({ curves }) => curves.attributes),
  };
}

/** First mentions of hidden targets, by turn and by whom. */
export function leakChart({ name, curves }: SystemReport): BarChart {
  const turns = [...new Set(curves.mentions.map(({ turn }) => turn))];
  const sides = ['history', 'user', 'recommender'] as const;
  return {
    kind: 'bars',
    id: 'first-mentions',
    title: `First mention of a hidden target: ${name}`,
    unit: 'count',
    groups: turns.map((turn) => ({
      label: turn === null ? 'history' : `turn ${String(turn + 1)}`,
      bars: sides.map((side) => ({
        label: `by the ${side}`,
        value: curves.mentions.find((one) => one.turn === turn && one.by === side)?.count ?? 0,
        interval: null,
      })),
    })),
  };
}

/** The commonest acts are shown; the rest would be empty squares. */
const mostActs = 12;

export function transitionChart({ name, curves }: SystemReport): MatrixChart {
  const common = (side: 'from' | 'to') => {
    const counts = new Map<string, number>();
    for (const one of curves.transitions) {
      counts.set(one[side], (counts.get(one[side]) ?? 0) + one.count);
    }
    return [...counts.entries()]
      .sort((a, b) => b[1] - a[1])
      .slice(0, mostActs)
      .map(([act]) => act);
  };
  const [rows, columns] = [common('from'), common('to')];
  return {
    kind: 'matrix',
    id: 'act-transitions',
    title: `What follows what: ${name}`,
    rowLabel: 'turn',
    columnLabel: 'next turn',
    rows,
    columns,
    values: rows.map((from) => {
      const own = curves.transitions.filter((one) => one.from === from);
      const total = own.reduce((sum, { count }) => sum + count, 0);
      return columns.map((to) => (own.find((one) => one.to === to)?.count ?? 0) / total);
    }),
  };
}
