import { colourOf, fixed, frame, legend, lineBetween, percent, textAt } from './frame';
import type { BarChart } from './spec';

const [left, barHeight, gap, plotWidth] = [220, 14, 12, 420];

/** Lying bars, one group under the other, whiskers for intervals. */
export function barsSvg(chart: BarChart): string {
  const { groups, unit } = chart;
  const labels = groups[0]?.bars.map(({ label }) => label) ?? [];
  const groupHeight = labels.length * barHeight + gap;
  const height = groups.length * groupHeight + labels.length * 18 + 50;
  const values = groups.flatMap(({ bars }) => bars.map(({ value }) => value ?? 0));
  const most = unit === 'share' ? 1 : Math.max(1, ...values);
  const x = (value: number) => left + (Math.min(most, Math.max(0, value)) / most) * plotWidth;
  const bottom = groups.length * groupHeight + 10;
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * most);
  const parts = [
    ...ticks.flatMap((tick) => [
      lineBetween(x(tick), 5, x(tick), bottom, 0.2),
      textAt(x(tick), bottom + 15, unit === 'share' ? percent(tick) : fixed(tick), 'middle'),
    ]),
    ...groups.flatMap(({ label, bars }, g) => [
      textAt(
        left - 8,
        10 + g * groupHeight + (labels.length * barHeight) / 2 + 4,
        shortened(label),
        'end',
      ),
      ...bars.flatMap(({ value, interval }, i) => {
        const y = 10 + g * groupHeight + i * barHeight;
        if (value === null) return [textAt(left + 4, y + 11, 'unknown')];
        const middle = y + barHeight / 2;
        return [
          `<rect x="${fixed(left)}" y="${fixed(y + 1)}" width="${fixed(x(value) - left)}" height="${String(barHeight - 2)}" fill="${colourOf(i)}"/>`,
          ...(interval === null
            ? []
            : [
                lineBetween(x(interval[0]), middle, x(interval[1]), middle),
                ...interval.map((end) => lineBetween(x(end), middle - 3, x(end), middle + 3)),
              ]),
        ];
      }),
    ]),
    ...legend(left, bottom + 38, labels),
  ];
  return frame(chart, left + plotWidth + 40, height + 20, parts);
}

function shortened(label: string): string {
  return label.length <= 34 ? label : `${label.slice(0, 33)}…`;
}
