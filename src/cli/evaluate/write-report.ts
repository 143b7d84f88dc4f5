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

/** The files of any document, by name: html, Markdown, tables/*.csv and *.tex, figures/*.svg and *.csv. */
export function documentFiles(document: ReportDocument, name: string): Map<string, string> {
  const files = new Map<string, string>([
    [`${name}.html`, toHtml(document)],
    [`${name}.md`, toMarkdown(document)],
  ]);
  const charts = document.sections.flatMap((section) => section.charts);
  for (const table of document.sections.flatMap((section) => section.tables)) {
    files.set(join('tables', `${table.id}.csv`), tableToCsv(table));
    files.set(join('tables', `${table.id}.tex`), tableToLatex(table));
  }
  for (const [i, chart] of charts.entries()) {
    const several = charts.filter(({ id }) => id === chart.id).length > 1;
    const rank = charts.slice(0, i).filter(({ id }) => id === chart.id).length + 1;
    const own = `${chart.id}${several ? `-${String(rank)}` : ''}`;
    files.set(join('figures', `${own}.svg`), toSvg(chart));
    files.set(join('figures', `${own}.csv`), tableToCsv(chartTable(chart)));
  }
  return files;
}

/** Writes files into a folder. Error: `storage-unavailable`. */
export async function writeFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
): Promise<void> {
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
}

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
  const files = documentFiles(document, 'report');
  files.set('report.json', `${JSON.stringify({ provenance, evaluation }, null, 2)}\n`);
  await writeFiles(folder, files);
  return [...files.keys()];
}
