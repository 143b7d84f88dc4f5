import { colourOf, fixed, frame, legend, lineBetween, percent, textAt } from './frame';
import type { LineChart } from './spec';

const [left, top, plotWidth, plotHeight] = [60, 10, 520, 240];

/** Lines over whole numbers from 1, shares upwards. */
export function linesSvg(chart: LineChart): string {
  const last = Math.max(2, ...chart.lines.flatMap(({ points }) => points.map(([at]) => at)));
  const x = (at: number) => left + ((at - 1) / (last - 1)) * plotWidth;
  const y = (value: number) => top + (1 - value) * plotHeight;
  const step = Math.ceil(last / 12);
  const ticks = Array.from({ length: last }, (_, i) => i + 1).filter((at) => (at - 1) % step === 0);
  const bottom = top + plotHeight;
  const parts = [
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((value) => [
      lineBetween(left, y(value), left + plotWidth, y(value), 0.2),
      textAt(left - 6, y(value) + 4, percent(value), 'end'),
    ]),
    ...ticks.map((at) => textAt(x(at), bottom + 16, String(at), 'middle')),
    textAt(left + plotWidth, bottom + 34, chart.xLabel, 'end'),
    textAt(left, bottom + 34, chart.yLabel),
    ...chart.lines.flatMap(({ points }, i) => [
      `<polyline fill="none" stroke="${colourOf(i)}" stroke-width="2" points="${points.map(([at, value]) => `${fixed(x(at))},${fixed(y(value))}`).join(' ')}"/>`,
      ...points.map(
        ([at, value]) =>
          `<circle cx="${fixed(x(at))}" cy="${fixed(y(value))}" r="3" fill="${colourOf(i)}"/>`,
      ),
    ]),
    ...legend(
      left,
      bottom + 58,
      chart.lines.map(({ label }) => label),
    ),
  ];
  return frame(chart, left + plotWidth + 40, bottom + 60 + chart.lines.length * 18, parts);
}
