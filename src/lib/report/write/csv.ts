import { inertCell } from '../../store/formats/csv';
import type { Cell, ReportTable } from '../document';

/**
 * A table as CSV (RFC 4180). Columns of numbers have the number itself, not its rounding, and its interval
 * beside it.
 */
export function tableToCsv({ columns, rows }: ReportTable): string {
  const withInterval = columns.map((_, i) => rows.some((row) => row[i]?.interval));
  const head = columns.flatMap(({ label }, i) =>
    withInterval[i] === true ? [label, `${label}, low`, `${label}, high`] : [label],
  );
  const lines = rows.map((row) =>
    row.flatMap((cell, i) =>
      withInterval[i] === true ? [valueOf(cell), ...ends(cell)] : [valueOf(cell)],
    ),
  );
  return [head, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

function valueOf({ text, value }: Cell): string {
  if (value === undefined) return inertCell(text);
  // Words beside the number, such as the kind of an effect, stand in other columns' notes.
  return value === null ? '' : String(value);
}

function ends({ interval }: Cell): string[] {
  return interval ? interval.map(String) : ['', ''];
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
