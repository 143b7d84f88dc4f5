import { frame, percent, textAt } from './frame';
import { colourOf, type Palette } from './palette';
import type { MatrixChart } from './spec';
import { element, short, type SvgNode } from './svg-node';

const [left, top, cell] = [230, 190, 46] as const;

/** Squares as strong as their share, with it written in; never so strong that the text on them fades. */
export function matrixSvg(chart: MatrixChart, palette: Palette): SvgNode {
  const { rows, columns, values } = chart;
  const parts = [
    textAt(left - 8, top - 8, `${chart.rowLabel} ↓   ${chart.columnLabel} →`, 'end'),
    ...columns.map((label, i) => {
      const x = left + i * cell + cell / 2;
      const transform = `translate(${short(x)} ${short(top - 6)}) rotate(-60)`;
      return element('g', { transform }, textAt(0, 0, label));
    }),
    ...rows.flatMap((label, r) => [
      textAt(left - 8, top + r * cell + cell / 2 + 4, label, 'end'),
      ...columns.flatMap((_, c) => {
        const share = values[r]?.[c] ?? 0;
        if (share === 0) return [];
        const [x, y] = [left + c * cell, top + r * cell];
        const square = { x, y, width: cell - 2, height: cell - 2 };
        const tint = { fill: colourOf(palette, 0), 'fill-opacity': 0.05 + 0.4 * share };
        return [
          element('rect', { ...square, ...tint }),
          textAt(x + cell / 2, y + cell / 2 + 4, percent(share), 'middle'),
        ];
      }),
    ]),
  ];
  const size = [left + columns.length * cell + 120, top + rows.length * cell + 20] as const;
  return frame(chart, size, palette, parts);
}
