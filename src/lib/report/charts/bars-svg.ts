import { frame, legend, lineBetween, percent, shortened, textAt, whisker } from './frame';
import { colourOf, type Palette } from './palette';
import { linear, niceTicks, tickText } from './scale';
import type { BarChart } from './spec';
import { element, type SvgNode } from './svg-node';

const [left, top, barHeight, gap, plotWidth] = [220, 10, 14, 12, 420] as const;

/** Lying bars, one group under the other, whiskers for intervals. */
export function barsSvg(chart: BarChart, palette: Palette): SvgNode {
  const { groups, unit } = chart;
  const labels = groups[0]?.bars.map(({ label }) => label) ?? [];
  const groupHeight = labels.length * barHeight + gap;
  const bottom = top + groups.length * groupHeight;
  const values = groups.flatMap(({ bars }) =>
    bars.flatMap(({ value, interval }) => [value ?? 0, interval?.[1] ?? 0]),
  );
  const ticks = unit === 'share' ? [0, 0.25, 0.5, 0.75, 1] : niceTicks(0, Math.max(1, ...values));
  const x = linear([0, ticks.at(-1) ?? 1], [left, left + plotWidth]);
  const parts = [
    ...ticks.flatMap((tick) => [
      lineBetween(palette, [x(tick), 5], [x(tick), bottom], 0.2),
      textAt(x(tick), bottom + 15, unit === 'share' ? percent(tick) : tickText(tick), 'middle'),
    ]),
    ...groups.flatMap(({ label, bars }, g) => [
      textAt(
        left - 8,
        top + g * groupHeight + (labels.length * barHeight) / 2 + 4,
        shortened(label),
        'end',
      ),
      ...bars.flatMap(({ value, interval }, i) => {
        const y = top + g * groupHeight + i * barHeight;
        if (value === null) return [textAt(left + 4, y + 11, 'unknown')];
        const fill = colourOf(palette, i);
        const bar = { x: left, y: y + 1, width: x(value) - left, height: barHeight - 2, fill };
        const middle = y + barHeight / 2;
        return [
          element('rect', bar),
          ...(interval === null
            ? []
            : whisker(palette, 'lying', [x(interval[0]), middle], [x(interval[1]), middle])),
        ];
      }),
    ]),
    ...legend(palette, left, bottom + 38, labels),
  ];
  return frame(chart, [left + plotWidth + 40, bottom + 40 + labels.length * 18], palette, parts);
}
