/** Colours of a chart. */
export interface Palette {
  /** Text, axes and whiskers. */
  ink: string;
  /** What it stands on; `null`: nothing is drawn below it. */
  paper: string | null;
  /** Sides of a comparison, in order. */
  series: readonly string[];
}

/**
 * Hues that people who see colours differently can tell apart (after Okabe and Ito 2008), each dark enough on white
 * for 3:1. What differs by colour differs by its mark too.
 */
const hues = ['#0072b2', '#b85c00', '#00795a', '#a8487f', '#5b4bb0', '#7a6a00', '#5c5c5c'] as const;

/** Of a file that stands alone: dark on white wherever it is opened. */
export const filePalette: Palette = { ink: '#1a1a1a', paper: '#ffffff', series: hues };

/** Inside a page: its text colour, and `--chart-1` to `--chart-7` where it has them. */
export const pagePalette: Palette = {
  ink: 'currentColor',
  paper: null,
  series: hues.map((hue, i) => `var(--chart-${String(i + 1)}, ${hue})`),
};

export function colourOf({ series, ink }: Palette, i: number): string {
  return series[i % series.length] ?? ink;
}
