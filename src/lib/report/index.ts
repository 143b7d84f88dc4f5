export { shellLine } from './command';
export { experimentReport, type ExperimentReportInput, type HeldRun } from './sections/experiment';
export { ratingSection } from './sections/ratings';
export { buildReport } from './sections/report';
export type {
  Cell,
  Column,
  Provenance,
  ReportDocument,
  ReportSection,
  ReportTable,
} from './document';
export type {
  BarChart,
  ChartSpec,
  LineChart,
  LinePoint,
  MatrixChart,
  ScatterChart,
  TimelineChart,
} from './charts/spec';
export { filePalette, pagePalette, type Palette } from './charts/palette';
export { questionsOf, ratingChart, type Rating } from './charts/ratings';
export { drawChart, toSvg } from './charts/svg';
export type { SvgNode } from './charts/svg-node';
export { sweepCharts } from './charts/sweeps';
export { chartTable } from './charts/table';
export { formatNumber, formatP, formatResult } from './format';
export { tableToCsv } from './write/csv';
export { reportFile, reportFormats, type ReportFormat, type TextFile } from './write/files';
export { toHtml } from './write/html';
export { tableToLatex } from './write/latex';
export { tableToMarkdown, toMarkdown } from './write/markdown';
