import { colourOf, fixed, frame, percent, textAt } from './frame';
import type { MatrixChart } from './spec';

const [left, cell] = [230, 46];

/** Squares as dark as their share, with it written in. */
export function matrixSvg(chart: MatrixChart): string {
  const { rows, columns, values } = chart;
  const top = 190;
  const parts = [
    textAt(left - 8, top - 8, `${chart.rowLabel} ↓   ${chart.columnLabel} →`, 'end'),
    ...columns.map((label, i) => {
      const x = left + i * cell + cell / 2;
      return `<g transform="translate(${fixed(x)} ${fixed(top - 6)}) rotate(-60)">${textAt(0, 0, label)}</g>`;
    }),
    ...rows.flatMap((label, r) => [
      textAt(left - 8, top + r * cell + cell / 2 + 4, label, 'end'),
      ...columns.flatMap((_, c) => {
        const share = values[r]?.[c] ?? 0;
        if (share === 0) return [];
        const [x, y] = [left + c * cell, top + r * cell];
        return [
          `<rect x="${fixed(x)}" y="${fixed(y)}" width="${String(cell - 2)}" height="${String(cell - 2)}" fill="${colourOf(0)}" fill-opacity="${fixed(share * 0.8)}"/>`,
          textAt(x + cell / 2, y + cell / 2 + 4, percent(share), 'middle'),
        ];
      }),
    ]),
  ];
  return frame(chart, left + columns.length * cell + 120, top + rows.length * cell + 20, parts);
}
