import type { TableRow } from '../../domain/column-mapping';
import { byteLines } from './byte-lines';
import { fieldsOf, jsonRecords, type Fields } from './json';
import { bad, defaultLimits, good, type Found, type ImportLimits } from './limits';
import { table, type SourceFile } from './read';

/** What a catalogue's file holds: rows to be mapped, or a domain pack as this program writes it. */
export type CatalogueRecord = { row: TableRow } | { pack: unknown };

/** Most values of one cell. */
const mostValues = 200;

/**
 * The rows of a catalogue's file: a CSV or TSV table with a header, or JSON objects (a list or one a line), each by its
 * line. Errors: `bad-input` for a file over the limits.
 */
export async function* readCatalogueFile(
  file: Pick<SourceFile, 'stream' | 'slice'>,
  limits: ImportLimits = defaultLimits,
): AsyncGenerator<Found<CatalogueRecord>> {
  const start = (await textStart(file)).trimStart();
  const lines = byteLines(file.stream(), limits);
  let records = 0;
  const rows =
    start.startsWith('{') || start.startsWith('[')
      ? jsonRows(jsonRecords(lines, limits))
      : tableRows(table(lines, null, limits));
  for await (const found of rows) {
    records += 1;
    if (records > limits.records) {
      yield bad(found.line, 'The file has too many rows: the rest is not read.');
      return;
    }
    yield found;
  }
}

async function textStart(file: Pick<SourceFile, 'slice'>): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return new TextDecoder().decode(bytes);
}

async function* tableRows(
  rows: AsyncIterable<Found<ReadonlyMap<string, string>>>,
): AsyncGenerator<Found<CatalogueRecord>> {
  for await (const found of rows) {
    if (!found.ok) yield found;
    else {
      const cells = new Map([...found.value].map(([name, cell]) => [name, [cell]]));
      yield good(found.line, { row: { line: found.line, cells } });
    }
  }
}

async function* jsonRows(
  values: AsyncIterable<Found<unknown>>,
): AsyncGenerator<Found<CatalogueRecord>> {
  for await (const found of values) {
    const fields = found.ok ? fieldsOf(found.value) : null;
    if (!found.ok) yield found;
    else if (!fields) yield bad(found.line, 'It is no object with one value a column.');
    else if (Object.hasOwn(fields, 'attributeTypes') && Object.hasOwn(fields, 'items')) {
      yield good(found.line, { pack: fields });
    } else yield good(found.line, { row: { line: found.line, cells: cellsOf(fields) } });
  }
}

/** Texts, numbers and lists of them; what is nested deeper is left out. */
function cellsOf(fields: Fields): Map<string, readonly string[]> {
  return new Map(
    Object.entries(fields).map(([name, value]) => {
      const values: unknown[] = Array.isArray(value) ? value.slice(0, mostValues) : [value];
      return [name, values.flatMap((one) => plainText(one) ?? [])];
    }),
  );
}

function plainText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
