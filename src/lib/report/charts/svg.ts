import { barsSvg } from './bars-svg';
import { linesSvg } from './lines-svg';
import { matrixSvg } from './matrix-svg';
import { filePalette, type Palette } from './palette';
import { scatterSvg } from './scatter-svg';
import type { ChartSpec } from './spec';
import { serialised, type SvgNode } from './svg-node';
import { timelineSvg } from './timeline-svg';

/** A chart as an SVG element. Errors: `RangeError` for a spec with numbers that are none. */
export function drawChart(chart: ChartSpec, palette: Palette): SvgNode {
  switch (chart.kind) {
    case 'bars':
      return barsSvg(chart, palette);
    case 'lines':
      return linesSvg(chart, palette);
    case 'matrix':
      return matrixSvg(chart, palette);
    case 'timeline':
      return timelineSvg(chart, palette);
    case 'scatter':
      return scatterSvg(chart, palette);
  }
}

/** A chart as an SVG text that needs nothing else; colours of a file of its own unless told. */
export function toSvg(chart: ChartSpec, palette: Palette = filePalette): string {
  return serialised(drawChart(chart, palette));
}
