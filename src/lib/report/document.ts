import type { SourceFile } from '../metrics';
import type { ChartSpec } from './charts/spec';

/** One place of a table: what is shown, and the number behind it for files that calculate. */
export interface Cell {
  text: string;
  /** Absent where the cell is words; `null` where the number is unknown. */
  value?: number | null;
  /** 95 % interval of the value. */
  interval?: readonly [low: number, high: number] | null;
  /** Best of its column among those that rank. */
  strong?: boolean;
}

export interface Column {
  label: string;
  numeric: boolean;
  /** The metric whose definition stands behind it. */
  metric?: string;
}

/** A table as plain data: every writer and the page show the same one. */
export interface ReportTable {
  id: string;
  title: string;
  /** What a reader must know to read it. */
  notes: readonly string[];
  columns: readonly Column[];
  rows: readonly (readonly Cell[])[];
}

export interface ReportSection {
  id: string;
  title: string;
  /** Paragraphs. */
  text: readonly string[];
  tables: readonly ReportTable[];
  charts: readonly ChartSpec[];
}

/** A whole report, before it is written as Markdown, LaTeX, CSV or HTML. */
export interface ReportDocument {
  title: string;
  sections: readonly ReportSection[];
}

/** What a report was made from and how to make it again. */
export interface Provenance {
  /** The command line that repeats it. */
  command: string;
  /** Name and version of the program. */
  program: string;
  files: readonly SourceFile[];
}

export const words = (text: string): Cell => ({ text });
export const number = (value: number | null, text: string): Cell => ({ text, value });
