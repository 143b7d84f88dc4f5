import type { Evaluation, SystemReport } from '../../metrics';
import type { BarChart, ChartSpec, LineChart, MatrixChart, TimelineChart } from './spec';
import { anonymityChart, sweepCharts } from './sweeps';

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
    points: pick(system).map((y, i) => ({ x: i + 1, y })),
  }));
}

export function successChart(systems: readonly SystemReport[]): LineChart {
  return {
    kind: 'lines',
    id: 'success-by-exchange',
    title: 'Dialogues with an accept by the end of each exchange',
    xLabel: 'exchange',
    yLabel: 'share of dialogues',
    x: 'count',
    unit: 'share',
    lines: curve(systems, ({ curves }) => curves.success),
  };
}

export function attributeChart(systems: readonly SystemReport[]): LineChart {
  return {
    kind: 'lines',
    id: 'attribute-coverage',
    title: 'Wanted attributes that the user has named by each exchange',
    note: 'The user opens an exchange; a dialogue that has ended keeps what was said.',
    xLabel: 'exchange',
    yLabel: 'share of attributes',
    x: 'count',
    unit: 'share',
    lines: curve(systems, ({ curves }) => curves.attributes),
  };
}

const sides = ['history', 'user', 'recommender'] as const;

/** First mentions of hidden targets, turn by turn, and by whom: all turns, so that time is not cut short. */
export function leakChart({ name, curves: { mentions } }: SystemReport): TimelineChart {
  const last = Math.max(0, ...mentions.map(({ turn }) => turn ?? 0));
  const turns: (number | null)[] = [
    ...(mentions.some(({ turn }) => turn === null) ? [null] : []),
    ...(mentions.length === 0 ? [] : Array.from({ length: last + 1 }, (_, i) => i)),
  ];
  return {
    kind: 'timeline',
    id: 'first-mentions',
    title: `First mention of a hidden target: ${name}`,
    note:
      mentions.length === 0
        ? 'No hidden target was ever mentioned.'
        : 'A target is leaked where the user, or the history before the first turn, names it first.',
    xLabel: 'turn',
    yLabel: 'first mentions',
    sides: sides.map((side) => `by the ${side}`),
    columns: turns.map((turn) => ({
      label: turn === null ? 'history' : String(turn + 1),
      counts: sides.map(
        (side) => mentions.find((one) => one.turn === turn && one.by === side)?.count ?? 0,
      ),
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
  const counts = rows.map((from) =>
    columns.map(
      (to) => curves.transitions.find((one) => one.from === from && one.to === to)?.count ?? 0,
    ),
  );
  return {
    kind: 'matrix',
    id: 'act-transitions',
    title: `What follows what: ${name}`,
    note: `Shares of what follows a turn's acts; at most the ${String(mostActs)} commonest on each side.`,
    rowLabel: 'turn',
    columnLabel: 'next turn',
    rows,
    columns,
    values: rows.map((from, r) => {
      const total = curves.transitions
        .filter((one) => one.from === from)
        .reduce((sum, { count }) => sum + count, 0);
      return (counts[r] ?? []).map((count) => count / total);
    }),
    counts,
  };
}

/** Figures of how dialogues go on, by system where they cannot share one. */
export function courseCharts({ systems }: Evaluation): ChartSpec[] {
  if (systems.length === 0) return [];
  return [attributeChart(systems), ...systems.map(leakChart), ...systems.map(transitionChart)];
}

/** What changes with a setting; nothing where only one was tried. */
export function settingCharts(evaluation: Evaluation): ChartSpec[] {
  return [
    ...sweepCharts(evaluation),
    ...(evaluation.systems.length === 0 ? [] : [anonymityChart(evaluation.systems)]),
  ];
}
