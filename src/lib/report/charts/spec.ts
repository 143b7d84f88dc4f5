/** A chart as plain data; who draws it decides on colours and size. Values are what the axis says, not pixels. */
export type ChartSpec = BarChart | LineChart | MatrixChart;

interface Chart {
  id: string;
  title: string;
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
      interval: readonly [low: number, high: number] | null;
    }[];
  }[];
}

export interface LineChart extends Chart {
  kind: 'lines';
  xLabel: string;
  yLabel: string;
  /** Shares in [0, 1]. */
  lines: readonly { label: string; points: readonly (readonly [x: number, y: number])[] }[];
}

/** Shares by row and column; rows add up to 1. */
export interface MatrixChart extends Chart {
  kind: 'matrix';
  rowLabel: string;
  columnLabel: string;
  rows: readonly string[];
  columns: readonly string[];
  /** By row, then column. */
  values: readonly (readonly number[])[];
}
