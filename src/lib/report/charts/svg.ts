import { barsSvg } from './bars-svg';
import { linesSvg } from './lines-svg';
import { matrixSvg } from './matrix-svg';
import type { ChartSpec } from './spec';

/** A chart as an SVG text that needs nothing else; it takes its text colour from where it stands. */
export function toSvg(chart: ChartSpec): string {
  switch (chart.kind) {
    case 'bars':
      return barsSvg(chart);
    case 'lines':
      return linesSvg(chart);
    case 'matrix':
      return matrixSvg(chart);
  }
}
