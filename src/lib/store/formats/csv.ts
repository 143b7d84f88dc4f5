import { bad, good } from './limits';
import type { Found, ImportLimits } from './limits';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Most lines that one row may go over. */
const rowLines = 2000;
const unclosed = 'A quotation mark opens in it that does not close.';

interface Line {
  line: number;
  ok: true;
  value: string;
}

/**
 * The rows of a table (RFC 4180): quoted cells may hold delimiters, line breaks and doubled quotation marks. A row is
 * told by the line on which it begins. A row that breaks the rules is told as bad; when its quotation mark never
 * closes, the lines after its first are read as rows of their own. Blank lines are skipped.
 */
export async function* csvRows(
  lines: AsyncGenerator<Found<string>>,
  delimiter: Delimiter,
  { recordLength }: ImportLimits,
): AsyncGenerator<Found<readonly string[]>> {
  let open: Line[] = [];
  let length = 0;
  let row = new RowReader(delimiter);
  const again: Line[] = [];
  const restart = (): void => {
    open = [];
    length = 0;
    row = new RowReader(delimiter);
  };
  for (;;) {
    const found = again.shift() ?? (await nextOf(lines));
    const [first] = open;
    if (found !== undefined && !found.ok) {
      yield found;
      if (first) yield bad(first.line, 'A line of it cannot be read.');
      restart();
      continue;
    }
    if (found === undefined && first === undefined) return;
    if (found !== undefined) {
      if (first === undefined && found.value.trim() === '') continue;
      open.push(found);
      length += found.value.length;
      const read = row.feed(found.value);
      if (read !== null) {
        const { line } = first ?? found;
        restart();
        yield typeof read === 'string' ? bad(line, read) : good(line, read);
        continue;
      }
      if (length <= recordLength && open.length <= rowLines) continue;
    }
    const [start, ...rest] = open;
    if (start === undefined) return;
    yield bad(start.line, unclosed);
    restart();
    // Read once more, not twice: without the quotation mark before them, these leave none open.
    again.unshift(...rest);
  }
}

async function nextOf<T>(values: AsyncGenerator<T>): Promise<T | undefined> {
  const next = await values.next();
  return next.done === true ? undefined : next.value;
}

/** One row, read line by line. */
class RowReader {
  #cells: string[] = [];
  #cell: string[] = [];
  #quoted = false;

  constructor(readonly delimiter: Delimiter) {}

  /** The row's cells once it is complete, a sentence when it is broken, `null` while a quotation mark is open. */
  feed(line: string): string[] | string | null {
    let at = 0;
    for (;;) {
      if (this.#quoted) {
        const end = line.indexOf('"', at);
        if (end < 0) {
          this.#cell.push(line.slice(at), '\n');
          return null;
        }
        this.#cell.push(line.slice(at, end));
        at = end + 1;
        if (line[at] === '"') {
          this.#cell.push('"');
          at += 1;
          continue;
        }
        this.#quoted = false;
        if (at < line.length && line[at] !== this.delimiter) {
          return 'A quoted cell goes on after its closing quotation mark.';
        }
      } else if (line[at] === '"') {
        this.#quoted = true;
        at += 1;
        continue;
      } else {
        const end = line.indexOf(this.delimiter, at);
        this.#cell.push(line.slice(at, end < 0 ? undefined : end));
        at = end < 0 ? line.length : end;
      }
      this.#cells.push(this.#cell.join(''));
      this.#cell = [];
      if (at >= line.length) return this.#cells;
      at += 1;
    }
  }
}

/** The delimiter that a header line has most of; a comma when it has none. */
export function guessDelimiter(header: string): Delimiter {
  const plain = header.replace(/"[^"]*"/g, '');
  const counts = delimiters.map((delimiter) => plain.split(delimiter).length);
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** A table's rows by column name, under its header. */
export type Row = ReadonlyMap<string, string>;

/** Most columns of a table. */
const mostColumns = 1000;

/**
 * The rows under the header, each with as many cells as the header has. The header itself is told as bad when it
 * names a column twice or none; then no row can be read.
 */
export async function* csvRecords(
  rows: AsyncGenerator<Found<readonly string[]>>,
): AsyncGenerator<Found<Row>> {
  let columns: readonly string[] | null = null;
  for await (const found of rows) {
    if (!found.ok) yield found;
    else if (columns === null) {
      columns = found.value.map((name) => name.trim());
      const problem = headerProblem(columns);
      if (problem !== null) {
        yield bad(found.line, problem);
        return;
      }
    } else if (found.value.length !== columns.length) {
      yield bad(
        found.line,
        `It has ${String(found.value.length)} cells, the header has ${String(columns.length)}.`,
      );
    } else {
      const { value } = found;
      yield good(found.line, new Map(columns.map((name, i) => [name, value[i] ?? ''])));
    }
  }
}

function headerProblem(columns: readonly string[]): string | null {
  if (columns.length > mostColumns) {
    return `The header has more than ${String(mostColumns)} columns.`;
  }
  if (columns.some((name) => name === '')) return 'The header has a column without a name.';
  const twice = columns.find((name, i) => columns.indexOf(name) !== i);
  return twice === undefined ? null : `The header has the column "${twice}" twice.`;
}

/** A cell that begins like this is a formula to a spreadsheet, full-width forms and control characters included. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one. `plainCell` takes it
 * off again, exactly. See OWASP, "CSV Injection".
 */
export function inertCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The inverse of `inertCell`, for tables that this program wrote. */
export function plainCell(text: string): string {
  return text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
}

/** A row as a line with its end: every cell made inert, and quoted where it must be. */
export function csvLine(cells: readonly string[], delimiter: Delimiter = ','): string {
  const written = cells.map((cell) => {
    const text = inertCell(cell);
    return /["\r\n,;\t]|^\s|\s$/.test(text) || text === ''
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  });
  return `${written.join(delimiter)}\r\n`;
}
