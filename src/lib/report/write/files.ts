import type { Evaluation } from '../../metrics';
import type { Provenance, ReportDocument } from '../document';
import { tableToCsv } from './csv';
import { toHtml } from './html';
import { tableToLatex } from './latex';
import { toMarkdown } from './markdown';

export const reportFormats = ['html', 'md', 'tex', 'csv', 'json'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export interface TextFile {
  name: string;
  text: string;
  type: string;
}

/** A whole report as one file; each says what it was made from, but for the CSV, which holds numbers alone. */
export function reportFile(
  format: ReportFormat,
  document: ReportDocument,
  evaluation: Evaluation,
  provenance: Provenance,
): TextFile {
  const tables = document.sections.flatMap((section) => section.tables);
  switch (format) {
    case 'html':
      return { name: 'report.html', text: toHtml(document), type: 'text/html' };
    case 'md':
      return { name: 'report.md', text: toMarkdown(document), type: 'text/markdown' };
    case 'tex': {
      const origin = document.sections.find(({ id }) => id === 'origin')?.text ?? [];
      const head = ['Needs booktabs.', ...origin].map((line) => `% ${line.replace(/\s+/g, ' ')}\n`);
      const text = `${head.join('')}\n${tables.map(tableToLatex).join('\n')}`;
      return { name: 'tables.tex', text, type: 'application/x-tex' };
    }
    case 'csv': {
      const all = tables.filter(({ id }) => id === 'metrics').map(tableToCsv);
      return { name: 'metrics.csv', text: all.join(''), type: 'text/csv' };
    }
    case 'json': {
      const text = `${JSON.stringify({ provenance, evaluation }, null, 2)}\n`;
      return { name: 'report.json', text, type: 'application/json' };
    }
  }
}
