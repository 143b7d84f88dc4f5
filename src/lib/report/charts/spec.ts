/** A chart as plain data; who draws it decides on colours and size. Values are what the axis says, not pixels. */
export type ChartSpec = BarChart | LineChart | MatrixChart | TimelineChart | ScatterChart;

type Interval = readonly [low: number, high: number];

interface Chart {
  id: string;
  title: string;
  /** What a reader must know to read it. */
  note?: string;
}

/** One bar a label in each group, with intervals. */
export interface BarChart extends Chart {
  kind: 'bars';
  unit: 'share' | 'count';
  groups: readonly {
    label: string;
    bars: readonly {
      label: string;
      /** `null`: unknown, shown as a gap. */
      value: number | null;
      interval: Interval | null;
    }[];
  }[];
}

export interface LinePoint {
  x: number;
  /** `null`: unknown, the line has a gap there. */
  y: number | null;
  interval?: Interval | null;
  /** Dialogues behind it. */
  n?: number;
}

export interface LineChart extends Chart {
  kind: 'lines';
  xLabel: string;
  yLabel: string;
  /** `count`: whole numbers from 1; `log`: numbers above 0 by their ratios. */
  x: 'count' | 'number' | 'log';
  /** Shares lie in [0, 1]; of others the axis ends where they do. */
  unit: 'share' | 'number';
  lines: readonly { label: string; points: readonly LinePoint[] }[];
}

/** Shares by row and column; rows add up to 1, but for columns that are left out. */
export interface MatrixChart extends Chart {
  kind: 'matrix';
  rowLabel: string;
  columnLabel: string;
  rows: readonly string[];
  columns: readonly string[];
  /** By row, then column. */
  values: readonly (readonly number[])[];
  counts: readonly (readonly number[])[];
}

/** Counts over time, one column a moment, the sides stacked. */
export interface TimelineChart extends Chart {
  kind: 'timeline';
  xLabel: string;
  yLabel: string;
  sides: readonly string[];
  /** `counts` in the order of `sides`. */
  columns: readonly { label: string; counts: readonly number[] }[];
}

/** One mark a dialogue. */
export interface ScatterChart extends Chart {
  kind: 'scatter';
  xLabel: string;
  yLabel: string;
  points: readonly { label: string; x: number; y: number }[];
  correlation: { name: string; value: number | null; interval: Interval | null; n: number };
}
