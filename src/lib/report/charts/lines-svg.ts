import { frame, legend, lineBetween, mark, percent, textAt, whisker } from './frame';
import { colourOf, type Palette } from './palette';
import { linear, logarithmic, niceTicks, tickText, type Scale } from './scale';
import type { LineChart, LinePoint } from './spec';
import { element, short, type SvgNode } from './svg-node';

const [left, top, plotWidth, plotHeight] = [60, 10, 520, 240] as const;
const bottom = top + plotHeight;
/** Dashes tell lines apart where colours do not. */
const dashes = ['none', '6 3', '2 3', '8 3 2 3', '12 4'] as const;

interface Axis {
  scale: Scale;
  ticks: readonly number[];
}

/** Lines over numbers, with whiskers where there are intervals. */
export function linesSvg(chart: LineChart, palette: Palette): SvgNode {
  const { lines, unit } = chart;
  const x = xAxis(chart);
  const y = yAxis(chart);
  const labels = lines.map(({ label }) => label);
  const parts = [
    ...y.ticks.flatMap((tick) => [
      lineBetween(palette, [left, y.scale(tick)], [left + plotWidth, y.scale(tick)], 0.2),
      textAt(left - 6, y.scale(tick) + 4, unit === 'share' ? percent(tick) : tickText(tick), 'end'),
    ]),
    ...x.ticks.map((tick) => textAt(x.scale(tick), bottom + 16, tickText(tick), 'middle')),
    textAt(left + plotWidth, bottom + 34, chart.xLabel, 'end'),
    textAt(left, bottom + 34, chart.yLabel),
    ...lines.flatMap(({ points }, i) => [
      ...stretches(points).map((stretch) =>
        element('polyline', {
          fill: 'none',
          stroke: colourOf(palette, i),
          'stroke-width': 2,
          'stroke-dasharray': dashes[i % dashes.length] ?? 'none',
          points: stretch
            .map((one) => `${short(x.scale(one.x))},${short(y.scale(one.y))}`)
            .join(' '),
        }),
      ),
      ...points.flatMap(({ x: at, y: value, interval }) => {
        if (value === null) return [];
        const place = x.scale(at);
        return [
          ...(interval
            ? whisker(
                palette,
                'standing',
                [place, y.scale(interval[0])],
                [place, y.scale(interval[1])],
              )
            : []),
          mark(palette, i, place, y.scale(value)),
        ];
      }),
    ]),
    ...legend(palette, left, bottom + 58, labels, 'mark'),
  ];
  return frame(chart, [left + plotWidth + 40, bottom + 60 + labels.length * 18], palette, parts);
}

/** Points in a row that are known. */
function stretches(points: readonly LinePoint[]): { x: number; y: number }[][] {
  const found: { x: number; y: number }[][] = [[]];
  for (const { x, y } of points) {
    if (y === null) found.push([]);
    else found.at(-1)?.push({ x, y });
  }
  return found.filter((stretch) => stretch.length > 1);
}

function xAxis({ x, lines }: LineChart): Axis {
  const values = lines.flatMap(({ points }) => points.map((point) => point.x));
  const range = [left, left + plotWidth] as const;
  if (x === 'count') {
    const last = Math.max(2, ...values);
    const step = Math.ceil(last / 12);
    const all = Array.from({ length: last }, (_, i) => i + 1);
    return { scale: linear([1, last], range), ticks: all.filter((at) => (at - 1) % step === 0) };
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const marked = [...new Set(values)].sort((a, b) => a - b);
  if (values.length === 0) return { scale: linear([0, 1], range), ticks: [] };
  if (x === 'log') return { scale: logarithmic([low, high], range), ticks: apart(marked, 12) };
  const ticks = marked.length <= 8 ? marked : niceTicks(low, high, 6);
  const ends = [Math.min(low, ...ticks), Math.max(high, ...ticks)] as const;
  return { scale: linear(ends, range), ticks };
}

/** At most so many of them, spread evenly. */
function apart(values: readonly number[], most: number): number[] {
  const step = Math.ceil(values.length / most);
  return values.filter((_, i) => i % step === 0);
}

function yAxis({ unit, lines }: LineChart): Axis {
  const range = [bottom, top] as const;
  if (unit === 'share') return { scale: linear([0, 1], range), ticks: [0, 0.25, 0.5, 0.75, 1] };
  const values = lines.flatMap(({ points }) =>
    points.flatMap(({ y, interval }) => [...(y === null ? [] : [y]), ...(interval ?? [])]),
  );
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values));
  return { scale: linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], range), ticks };
}
