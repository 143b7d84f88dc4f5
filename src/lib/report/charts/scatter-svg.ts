import { frame, lineBetween, textAt } from './frame';
import { colourOf, type Palette } from './palette';
import { linear, niceTicks, tickText } from './scale';
import type { ScatterChart } from './spec';
import { element, type SvgNode } from './svg-node';

const [left, top, plotWidth, plotHeight] = [60, 24, 420, 280] as const;
const bottom = top + plotHeight;

/** One mark a dialogue, faint so that marks on one place add up; how they go together stands above. */
export function scatterSvg(chart: ScatterChart, palette: Palette): SvgNode {
  const axis = (values: readonly number[], range: readonly [number, number]) => {
    const ticks =
      values.length === 0 ? [0, 1] : niceTicks(Math.min(...values), Math.max(...values));
    return { ticks, scale: linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], range) };
  };
  const x = axis(
    chart.points.map((point) => point.x),
    [left, left + plotWidth],
  );
  const y = axis(
    chart.points.map((point) => point.y),
    [bottom, top],
  );
  const parts = [
    ...y.ticks.flatMap((tick) => [
      lineBetween(palette, [left, y.scale(tick)], [left + plotWidth, y.scale(tick)], 0.2),
      textAt(left - 6, y.scale(tick) + 4, tickText(tick), 'end'),
    ]),
    ...x.ticks.flatMap((tick) => [
      lineBetween(palette, [x.scale(tick), top], [x.scale(tick), bottom], 0.1),
      textAt(x.scale(tick), bottom + 16, tickText(tick), 'middle'),
    ]),
    ...chart.points.map((point) =>
      element('circle', {
        cx: x.scale(point.x),
        cy: y.scale(point.y),
        r: 4,
        fill: colourOf(palette, 0),
        'fill-opacity': 0.55,
      }),
    ),
    textAt(left, 14, correlationText(chart.correlation)),
    textAt(left + plotWidth, bottom + 34, chart.xLabel, 'end'),
    textAt(left, bottom + 34, chart.yLabel),
  ];
  return frame(chart, [left + plotWidth + 30, bottom + 50], palette, parts);
}

/** "Spearman 0.41 [0.12, 0.63], N 40". */
export function correlationText({ name, value, interval, n }: ScatterChart['correlation']): string {
  if (value === null) return `${name} unknown, N ${String(n)}`;
  const range = interval === null ? '' : ` [${interval.map((end) => end.toFixed(2)).join(', ')}]`;
  return `${name} ${value.toFixed(2)}${range}, N ${String(n)}`;
}
