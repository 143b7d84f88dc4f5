import { escapeMarkup } from './markup';

/** Eight colours that people who see colours differently can tell apart (Okabe and Ito 2008), black left out. */
const colours = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#f0e442'];

export function colourOf(i: number): string {
  return colours[i % colours.length] ?? 'currentColor';
}

/** The SVG element with its name for those who do not see it. */
export function frame(
  { title }: { title: string },
  width: number,
  height: number,
  parts: readonly string[],
): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" ` +
      `height="${String(height)}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="currentColor">`,
    `<title>${escapeMarkup(title)}</title>`,
    ...parts,
    '</svg>',
  ].join('\n');
}

export function textAt(
  x: number,
  y: number,
  text: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}">${escapeMarkup(text)}</text>`;
}

export function lineBetween(x1: number, y1: number, x2: number, y2: number, opacity = 1): string {
  return (
    `<line x1="${fixed(x1)}" y1="${fixed(y1)}" x2="${fixed(x2)}" y2="${fixed(y2)}" ` +
    `stroke="currentColor" stroke-opacity="${String(opacity)}"/>`
  );
}

/** A row of colour and name pairs, one under the other. */
export function legend(x: number, y: number, labels: readonly string[]): string[] {
  return labels.flatMap((label, i) => [
    `<rect x="${fixed(x)}" y="${fixed(y + i * 18 - 10)}" width="12" height="12" fill="${colourOf(i)}"/>`,
    textAt(x + 18, y + i * 18, label),
  ]);
}

/** Short numbers keep the file small and equal on every machine. */
export function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function percent(value: number): string {
  return `${String(Math.round(value * 100))} %`;
}
