import type { AttributeType } from '../contracts';

/** A row of a table that is to become an item: its cells by column, several values where the file has a list. */
export interface TableRow {
  line: number;
  cells: ReadonlyMap<string, readonly string[]>;
}

export const columnUses = [
  'title',
  'year',
  'id',
  'alias',
  'popularity',
  'attribute',
  'ignore',
] as const;
export type ColumnUse = (typeof columnUses)[number];

export const separators = [';', '|', '/', ','] as const;
export type Separator = (typeof separators)[number];

/** What a column of a table is to an item. */
export interface ColumnMapping {
  column: string;
  use: ColumnUse;
  /** Of an attribute: how it is called, and how its values are recognised in talk. */
  label: string;
  kind: AttributeType['kind'];
  /** How a wish for it reads, `{value}` replaced. */
  phrase: string;
  /** Between several values of a cell; `null` where a cell has one. */
  separator: Separator | null;
}

/** Rows that are looked at. */
const looked = 2000;
const yearPattern = /\b(?:1[5-9]|20)\d\d\b/;
const personPattern =
  /^\p{Lu}[\p{L}.'’-]*(?: (?:\p{Lu}[\p{L}.'’-]*|de|del|van|von|der|den|la|le|di|da|dos|bin|al))+$/u;
const decadePattern = /^\d{3}0s$/;

/** How wishes for people read, by what their column is called. */
const personPhrases: readonly [RegExp, string][] = [
  [/direct/i, 'directed by {value}'],
  [/author|writ/i, 'written by {value}'],
  [/design/i, 'designed by {value}'],
  [/artist|band|singer|perform|compos/i, 'by {value}'],
];

/** What the columns of a table seem to be; the visitor corrects it. Each of title, year and id is given once. */
export function guessMapping(
  columns: readonly string[],
  rows: readonly TableRow[],
): ColumnMapping[] {
  const seen = rows.slice(0, looked);
  const taken = new Set<ColumnUse>();
  const title = titleColumn(columns, seen);
  return columns.map((column) => {
    const cells = seen.flatMap(({ cells }) => {
      const values = cells.get(column) ?? [];
      return values.some((value) => value.trim() !== '') ? [values] : [];
    });
    const values = cells.flat().map((value) => value.trim());
    let use = column === title ? 'title' : useOf(column, values, seen.length);
    if (use !== 'attribute' && use !== 'ignore' && use !== 'alias') {
      if (taken.has(use)) use = 'ignore';
      taken.add(use);
    }
    const separator = use === 'attribute' || use === 'alias' ? separatorOf(cells) : null;
    const parts = splitAll(values, separator);
    if (use === 'attribute' && !isAttribute(parts, cells.length)) use = 'ignore';
    const kind = kindOf(parts);
    return {
      column,
      use,
      label: labelOf(column),
      kind,
      phrase: phraseFor(column, kind),
      separator,
    };
  });
}

/** How a wish for a value of a column reads unless the visitor says otherwise. */
export function phraseFor(column: string, kind: AttributeType['kind']): string {
  if (kind === 'decade') return 'from the {value}';
  if (kind === 'category') return '{value}';
  return personPhrases.find(([pattern]) => pattern.test(column))?.[1] ?? 'with {value}';
}

/** Values of cells, cut at the separator. */
export function splitAll(values: readonly string[], separator: Separator | null): string[] {
  const parts = separator === null ? values : values.flatMap((value) => value.split(separator));
  return parts.map((part) => part.replace(/\s+/g, ' ').trim()).filter((part) => part !== '');
}

function titleColumn(columns: readonly string[], rows: readonly TableRow[]): string | undefined {
  const named = (pattern: RegExp) => columns.find((column) => pattern.test(column.trim()));
  return (
    named(/^(title|titel|label)$/i) ??
    named(/^(name|item)$/i) ??
    named(/title|name/i) ??
    columns.find((column) => {
      const values = rows.flatMap(({ cells }) => cells.get(column) ?? []);
      const isText = values.filter((value) => /\p{L}/u.test(value)).length > 0.9 * rows.length;
      return isText && new Set(values).size > 0.9 * rows.length;
    })
  );
}

function useOf(column: string, values: readonly string[], rows: number): ColumnUse {
  const share = (test: (value: string) => boolean) =>
    values.length === 0 ? 0 : values.filter(test).length / values.length;
  const distinct = new Set(values).size;
  if (/(^|[_ ])(id|isbn|asin|ean)$/i.test(column) && distinct === values.length) return 'id';
  if (/alias|aka\b|also|alternat|original.?title/i.test(column)) return 'alias';
  if (
    /year|date|jahr|published|released/i.test(column) &&
    share((v) => yearPattern.test(v)) > 0.8
  ) {
    return 'year';
  }
  const isNumber = share((value) => /^-?[\d.,]+$/.test(value)) > 0.9;
  if (isNumber && /popular|votes|count|plays|sales|num/i.test(column)) return 'popularity';
  if (isNumber && distinct > Math.max(20, 0.1 * rows)) return 'ignore';
  return 'attribute';
}

/** The separator that cuts cells into values which recur; `null` when none does. */
function separatorOf(cells: readonly (readonly string[])[]): Separator | null {
  if (cells.some((values) => values.length > 1)) return null;
  const values = cells.flat();
  const found = separators.find((separator) => {
    const cut = values.filter((value) => value.includes(separator));
    if (cut.length < 0.15 * values.length) return false;
    const parts = splitAll(values, separator);
    const isShort = parts.every((part) => part.split(' ').length <= 5);
    return isShort && new Set(parts).size < 0.8 * parts.length;
  });
  return found ?? null;
}

/** Values that are short and recur, or name people: a description, an address or a number of its own is none. */
function isAttribute(parts: readonly string[], cells: number): boolean {
  if (parts.length === 0) return false;
  const length = parts.reduce((sum, part) => sum + part.length, 0) / parts.length;
  const distinct = new Set(parts).size;
  const recurs = distinct < 0.8 * parts.length || distinct <= 0.3 * cells;
  return length <= 40 && (recurs || shareOf(parts, personPattern) > 0.7);
}

function kindOf(parts: readonly string[]): AttributeType['kind'] {
  if (shareOf(parts, decadePattern) > 0.8) return 'decade';
  const isMany = new Set(parts).size > 20 || new Set(parts).size > 0.3 * parts.length;
  return shareOf(parts, personPattern) > 0.7 && isMany ? 'person' : 'category';
}

function shareOf(parts: readonly string[], pattern: RegExp): number {
  return parts.filter((part) => pattern.test(part)).length / parts.length;
}

/** "release_country" is "Release country". */
function labelOf(column: string): string {
  const words = column.replace(/[_-]+/g, ' ').replace(/\s+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
