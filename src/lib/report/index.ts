export { buildReport } from './sections/report';
export type {
  Cell,
  Column,
  Provenance,
  ReportDocument,
  ReportSection,
  ReportTable,
} from './document';
export type { BarChart, ChartSpec, LineChart, MatrixChart } from './charts/spec';
export { toSvg } from './charts/svg';
export { formatNumber, formatP, formatResult } from './format';
export { tableToCsv } from './write/csv';
export { toHtml } from './write/html';
export { tableToLatex } from './write/latex';
export { tableToMarkdown, toMarkdown } from './write/markdown';
