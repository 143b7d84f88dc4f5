import { number, words, type Cell, type Column, type ReportTable } from '../document';
import { formatNumber } from '../format';
import { correlationText } from './scatter-svg';
import type { ChartSpec } from './spec';

const text = (label: string): Column => ({ label, numeric: false });
const figure = (label: string): Column => ({ label, numeric: true });

type Body = Pick<ReportTable, 'columns' | 'rows'> & { notes?: readonly string[] };

/** The numbers that a chart shows, as a table: the way to them for those who do not see it, and for files. */
export function chartTable(chart: ChartSpec): ReportTable {
  const { notes = [], ...body } = bodyOf(chart);
  return {
    id: chart.id,
    title: chart.title,
    notes: [...(chart.note === undefined ? [] : [chart.note]), ...notes],
    ...body,
  };
}

function bodyOf(chart: ChartSpec): Body {
  switch (chart.kind) {
    case 'bars':
      return {
        columns: [text('Group'), text('Bar'), figure('Value')],
        rows: chart.groups.flatMap(({ label, bars }) =>
          bars.map((bar) => [
            words(label),
            words(bar.label),
            value(bar.value, bar.interval, chart.unit),
          ]),
        ),
      };
    case 'lines':
      return {
        columns: [text('Line'), figure(chart.xLabel), figure(chart.yLabel), figure('N')],
        rows: chart.lines.flatMap(({ label, points }) =>
          points.map(({ x, y, interval, n }) => [
            words(label),
            number(x, String(Number(x.toPrecision(6)))),
            value(y, interval ?? null, chart.unit),
            n === undefined ? number(null, '') : number(n, String(n)),
          ]),
        ),
      };
    case 'matrix':
      return {
        columns: [
          text(chart.rowLabel),
          text(chart.columnLabel),
          figure('Share of the row'),
          figure('Times'),
        ],
        rows: chart.rows.flatMap((row, r) =>
          chart.columns.flatMap((column, c) => {
            const count = chart.counts[r]?.[c] ?? 0;
            if (count === 0) return [];
            const share = chart.values[r]?.[c] ?? 0;
            return [
              [
                words(row),
                words(column),
                value(share, null, 'share'),
                number(count, String(count)),
              ],
            ];
          }),
        ),
      };
    case 'timeline':
      return {
        columns: [text(chart.xLabel), ...chart.sides.map(figure)],
        rows: chart.columns.map(({ label, counts }) => [
          words(label),
          ...counts.map((count) => number(count, String(count))),
        ]),
      };
    case 'scatter':
      return {
        columns: [text('Dialogue'), figure(chart.xLabel), figure(chart.yLabel)],
        rows: chart.points.map(({ label, x, y }) => [
          words(label),
          number(x, formatNumber(x, 'score')),
          number(y, formatNumber(y, 'score')),
        ]),
        notes: [`${correlationText(chart.correlation)}.`],
      };
  }
}

function value(
  of: number | null,
  interval: readonly [number, number] | null,
  unit: 'share' | 'count' | 'number',
): Cell {
  if (of === null) return number(null, 'unknown');
  const write = (one: number) =>
    unit === 'count' ? String(one) : formatNumber(one, unit === 'share' ? 'share' : 'score');
  const range =
    interval === null ? '' : ` [${interval.map((end) => write(end).replace(' %', '')).join(', ')}]`;
  return { text: `${write(of)}${range}`, value: of, interval };
}
