import { frame, legend, lineBetween, textAt } from './frame';
import { colourOf, type Palette } from './palette';
import { linear, niceTicks, tickText } from './scale';
import type { TimelineChart } from './spec';
import { element, type SvgNode } from './svg-node';

const [left, top, plotWidth, plotHeight] = [60, 10, 520, 180] as const;
const bottom = top + plotHeight;

/** Standing columns in the order of time, the sides on top of each other. */
export function timelineSvg(chart: TimelineChart, palette: Palette): SvgNode {
  const { columns, sides } = chart;
  const totals = columns.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0));
  const ticks = niceTicks(0, Math.max(1, ...totals)).filter(Number.isInteger);
  const y = linear([0, Math.max(1, ...ticks)], [bottom, top]);
  const width = plotWidth / Math.max(1, columns.length);
  const step = Math.ceil(columns.length / 13);
  const parts = [
    ...ticks.flatMap((tick) => [
      lineBetween(palette, [left, y(tick)], [left + plotWidth, y(tick)], 0.2),
      textAt(left - 6, y(tick) + 4, tickText(tick), 'end'),
    ]),
    ...columns.flatMap(({ label, counts }, i) => {
      const x = left + i * width;
      let below = 0;
      const bars = counts.flatMap((count, side) => {
        if (count === 0) return [];
        const [from, to] = [y(below), y(below + count)];
        below += count;
        const bar = { x: x + width * 0.1, width: width * 0.8, y: to, height: from - to };
        return [element('rect', { ...bar, fill: colourOf(palette, side) })];
      });
      const isTold = i % step === 0;
      return isTold ? [...bars, textAt(x + width / 2, bottom + 16, label, 'middle')] : bars;
    }),
    textAt(left + plotWidth, bottom + 34, chart.xLabel, 'end'),
    textAt(left, bottom + 34, chart.yLabel),
    ...legend(palette, left, bottom + 58, sides),
  ];
  return frame(chart, [left + plotWidth + 40, bottom + 60 + sides.length * 18], palette, parts);
}
