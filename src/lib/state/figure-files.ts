import { LabError } from '../contracts/errors';
import { chartTable, tableToCsv, toSvg, type ChartSpec } from '../report/index';
import { saveBlob, saveFile } from './files';

export type FigureFormat = 'svg' | 'png' | 'csv';

/** Pixels for each of a figure's own: sharp in print. */
const scale = 3;

/** Saves a figure, in colours of its own, or the numbers behind it. Errors: `internal` when it cannot be painted. */
export async function saveFigure(chart: ChartSpec, format: FigureFormat): Promise<void> {
  const name = `${chart.id}.${format}`;
  if (format === 'csv') saveFile(name, [tableToCsv(chartTable(chart))], 'text/csv');
  else if (format === 'svg') saveFile(name, [toSvg(chart)], 'image/svg+xml');
  else saveBlob(name, await painted(toSvg(chart)));
}

/** An SVG text as a PNG of it, `scale` times its size. */
async function painted(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * scale;
    canvas.height = image.naturalHeight * scale;
    const context = canvas.getContext('2d');
    context?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (context && blob) return blob;
    throw new Error('no canvas');
  } catch (reason) {
    throw new LabError(
      'internal',
      'This browser could not paint the figure. Save it as SVG instead.',
      reason instanceof Error ? reason.message : String(reason),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
