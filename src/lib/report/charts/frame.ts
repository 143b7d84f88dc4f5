import { colourOf, type Palette } from './palette';
import { element, type SvgNode } from './svg-node';

/** The SVG element with its name and what it shows, for those who do not see it. */
export function frame(
  { title, note }: { title: string; note?: string },
  [width, height]: readonly [number, number],
  { ink, paper }: Palette,
  parts: readonly SvgNode[],
): SvgNode {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${String(width)} ${String(height)}`,
      width,
      height,
      role: 'img',
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
      fill: ink,
      stroke: 'none',
    },
    element('title', {}, title),
    ...(note === undefined ? [] : [element('desc', {}, note)]),
    ...(paper === null ? [] : [element('rect', { width, height, fill: paper })]),
    ...parts,
  );
}

export function textAt(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): SvgNode {
  return element('text', { x, y, 'text-anchor': anchor }, text);
}

export function lineBetween(
  { ink }: Palette,
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
  opacity = 1,
): SvgNode {
  return element('line', { x1, y1, x2, y2, stroke: ink, 'stroke-opacity': opacity });
}

/** A whisker with its two ends, which stand across it also where it has no length. */
export function whisker(
  palette: Palette,
  lies: 'lying' | 'standing',
  from: readonly [number, number],
  to: readonly [number, number],
): SvgNode[] {
  const [dx, dy] = lies === 'standing' ? [3, 0] : [0, 3];
  return [
    lineBetween(palette, from, to),
    ...[from, to].map(([x, y]) => lineBetween(palette, [x - dx, y - dy], [x + dx, y + dy])),
  ];
}

/** A side's mark: another shape for each, so that colour is not all that tells them apart. */
export function mark(palette: Palette, i: number, x: number, y: number): SvgNode {
  const fill = colourOf(palette, i);
  const path = (d: string) =>
    element('path', { d, fill, transform: `translate(${at(x)} ${at(y)})` });
  switch (i % 5) {
    case 0:
      return element('circle', { cx: x, cy: y, r: 3.5, fill });
    case 1:
      return path('M-3.5-3.5h7v7h-7z');
    case 2:
      return path('M0-4.5 4.5 3.5h-9z');
    case 3:
      return path('M0-4.8 4.8 0 0 4.8-4.8 0z');
    default:
      return path('M0 4.5 4.5-3.5h-9z');
  }
}

const at = (value: number): string => String(Math.round(value * 100) / 100);

/** Names of the sides beside their marks, one under the other. */
export function legend(
  palette: Palette,
  x: number,
  y: number,
  labels: readonly string[],
  shape: 'square' | 'mark' = 'square',
): SvgNode[] {
  return labels.flatMap((label, i) => [
    shape === 'mark'
      ? mark(palette, i, x + 6, y + i * 18 - 4)
      : element('rect', {
          x,
          y: y + i * 18 - 10,
          width: 12,
          height: 12,
          fill: colourOf(palette, i),
        }),
    textAt(x + 18, y + i * 18, label),
  ]);
}

export function percent(value: number): string {
  return `${String(Math.round(value * 100))} %`;
}

export function shortened(label: string, most = 34): string {
  return label.length <= most ? label : `${label.slice(0, most - 1)}…`;
}
