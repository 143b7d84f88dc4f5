import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import type { Evaluation } from '../../lib/metrics';
import {
  chartTable,
  tableToCsv,
  tableToLatex,
  toHtml,
  toMarkdown,
  toSvg,
  type Provenance,
  type ReportDocument,
} from '../../lib/report';

/**
 * Writes report.html, report.md, report.json (all numbers and what they were made from), tables/*.csv and *.tex,
 * figures/*.svg and *.csv. Gives the files' names. Error: `storage-unavailable`.
 */
export async function writeReport(
  folder: string,
  document: ReportDocument,
  evaluation: Evaluation,
  provenance: Provenance,
): Promise<readonly string[]> {
  const files = new Map<string, string>([
    ['report.html', toHtml(document)],
    ['report.md', toMarkdown(document)],
    ['report.json', `${JSON.stringify({ provenance, evaluation }, null, 2)}\n`],
  ]);
  const charts = document.sections.flatMap((section) => section.charts);
  for (const table of document.sections.flatMap((section) => section.tables)) {
    files.set(join('tables', `${table.id}.csv`), tableToCsv(table));
    files.set(join('tables', `${table.id}.tex`), tableToLatex(table));
  }
  for (const [i, chart] of charts.entries()) {
    const several = charts.filter(({ id }) => id === chart.id).length > 1;
    const rank = charts.slice(0, i).filter(({ id }) => id === chart.id).length + 1;
    const name = `${chart.id}${several ? `-${String(rank)}` : ''}`;
    files.set(join('figures', `${name}.svg`), toSvg(chart));
    files.set(join('figures', `${name}.csv`), tableToCsv(chartTable(chart)));
  }
  try {
    await mkdir(join(folder, 'tables'), { recursive: true });
    await mkdir(join(folder, 'figures'), { recursive: true });
    for (const [name, text] of files) await writeFile(join(folder, name), text);
  } catch (reason) {
    throw new LabError(
      'storage-unavailable',
      `The report cannot be written to ${folder}. Choose another folder with --report.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
  return [...files.keys()];
}
