import { toErrorData } from '../contracts';
import type { AttributeType, DomainPack, DomainWords, Item } from '../contracts';
import { decadeOf } from './attributes';
import { splitAll, type ColumnMapping, type ColumnUse, type TableRow } from './column-mapping';
import { splitYear } from './film-source';
import { parsePack } from './pack';
import { deriveId } from './random';

/** What the visitor says of a catalogue. */
export interface CatalogueDraft {
  name: string;
  /** BCP 47. */
  language: string;
  words: DomainWords;
  licence: string;
  attribution: string;
  mapping: readonly ColumnMapping[];
}

export interface BuiltPack {
  /** `null` when nothing usable was left or said; `problem` says why. */
  pack: DomainPack | null;
  problem: string | null;
  /** Rows that were left out, and why. */
  problems: { line: number; reason: string }[];
}

const longestTitle = 200;
const longestValue = 80;
const mostValues = 40;
const mostItems = 50_000;
const decadeId = 'decade';

/**
 * A domain pack from a table's rows under a mapping. A bad row is left out and told; every label is unique, its marks
 * harmless; with a year column, decades become an attribute of their own. Never throws for what the rows hold.
 */
export function buildPack(rows: readonly TableRow[], draft: CatalogueDraft): BuiltPack {
  const problems: BuiltPack['problems'] = [];
  const columnOf = (use: ColumnUse) => draft.mapping.find((one) => one.use === use)?.column;
  const titleColumn = columnOf('title');
  if (titleColumn === undefined) {
    return { pack: null, problem: 'Say which column holds the titles.', problems };
  }
  const attributes = draft.mapping.filter(({ use }) => use === 'attribute');
  const hasYears = columnOf('year') !== undefined;
  const types = typesOf(attributes, hasYears);
  const taken = { labels: new Map<string, number>(), ids: new Map<string, number>() };
  const items: Item[] = [];
  for (const row of rows) {
    if (items.length === mostItems) {
      const reason = `A catalogue has at most ${mostItems.toLocaleString('en')} items; the rows from here on are left out.`;
      problems.push({ line: row.line, reason });
      break;
    }
    const item = toItem(row, { titleColumn, columnOf, mapping: draft.mapping, attributes });
    if (typeof item === 'string') {
      problems.push({ line: row.line, reason: item });
      continue;
    }
    const reason = takenBefore(item, row.line, taken);
    if (reason === null) items.push(item);
    else problems.push({ line: row.line, reason });
  }
  return { ...finish(draft, types, items), problems };
}

function finish(
  draft: CatalogueDraft,
  attributeTypes: readonly AttributeType[],
  items: readonly Item[],
): Pick<BuiltPack, 'pack' | 'problem'> {
  if (items.length === 0) return { pack: null, problem: 'No row of the file can become an item.' };
  if (attributeTypes.length === 0) {
    return {
      pack: null,
      problem: 'Choose at least one column as an attribute, or one with years.',
    };
  }
  const { name, language, words, licence, attribution } = draft;
  try {
    const id = deriveId('own', name.trim());
    const raw = { schemaVersion: 1, id, name: name.trim(), language, words, attributeTypes, items };
    return { pack: parsePack({ ...raw, licence, attribution }), problem: null };
  } catch (reason) {
    return { pack: null, problem: toErrorData(reason, 'catalogue-invalid').message };
  }
}

/** Ids of attribute types by their place: labels may repeat, ids may not. */
function typeId(index: number): string {
  return `attribute-${String(index + 1)}`;
}

function typesOf(attributes: readonly ColumnMapping[], hasYears: boolean): AttributeType[] {
  const types = attributes.map(({ column, label, kind, phrase }, i): AttributeType => ({
    id: typeId(i),
    label: label.trim() || column,
    kind,
    phrase: phrase.includes('{value}') ? phrase : `${phrase} {value}`.trim(),
  }));
  const decade = {
    id: decadeId,
    label: 'Decade',
    kind: 'decade',
    phrase: 'from the {value}',
  } as const;
  return hasYears && !types.some(({ kind }) => kind === 'decade') ? [...types, decade] : types;
}

interface Reading {
  titleColumn: string;
  columnOf: (use: ColumnUse) => string | undefined;
  mapping: readonly ColumnMapping[];
  attributes: readonly ColumnMapping[];
}

/** An item, or why the row is none. */
function toItem(
  { cells }: TableRow,
  { titleColumn, columnOf, mapping, attributes }: Reading,
): Item | string {
  const first = (use: ColumnUse) => {
    const column = columnOf(use);
    return column === undefined ? '' : (cells.get(column)?.[0] ?? '').trim();
  };
  const written = harmless(cells.get(titleColumn)?.[0] ?? '');
  const said = splitYear(written);
  if (said.title === '') return 'It has no title.';
  if (said.title.length > longestTitle) {
    return `Its title is longer than ${String(longestTitle)} characters.`;
  }
  const year = Number(/\b(?:1[5-9]|20)\d\d\b/.exec(first('year'))?.[0] ?? said.year ?? NaN);
  const hasYear = Number.isInteger(year);
  const values: Record<string, string[]> = {};
  for (const [i, one] of attributes.entries()) {
    const found = [...new Set(splitAll(cells.get(one.column) ?? [], one.separator))];
    const long = found.find((value) => value.length > longestValue);
    if (long !== undefined)
      return `A value of its column "${one.column}" is longer than ${String(longestValue)} characters.`;
    if (found.length > mostValues)
      return `Its column "${one.column}" has more than ${String(mostValues)} values.`;
    if (found.length > 0) values[typeId(i)] = found;
  }
  const hasDecades = attributes.some(({ kind }) => kind === 'decade');
  if (hasYear && columnOf('year') !== undefined && !hasDecades) values[decadeId] = [decadeOf(year)];
  const label = hasYear ? `${said.title} (${String(year)})` : said.title;
  const aliases = mapping.filter(({ use }) => use === 'alias');
  const popularity = Math.round(Number(first('popularity').replaceAll(',', '')));
  return {
    id: first('id') === '' ? deriveId('item', label.toLowerCase()) : first('id'),
    title: said.title,
    ...(hasYear ? { year } : {}),
    label,
    aliases: [
      ...new Set(aliases.flatMap((one) => splitAll(cells.get(one.column) ?? [], one.separator))),
    ].filter((alias) => alias !== said.title && alias.length <= longestTitle),
    attributes: values,
    popularity: popularity > 0 ? popularity : 0,
  };
}

/** A title without the marks of action lines and chat templates. */
function harmless(text: string): string {
  return text
    .replaceAll('[', '(')
    .replaceAll(']', ')')
    .replaceAll('|', '/')
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
}

function takenBefore(
  { id, label }: Item,
  line: number,
  taken: { labels: Map<string, number>; ids: Map<string, number> },
): string | null {
  const sameLabel = taken.labels.get(label.toLowerCase());
  if (sameLabel !== undefined) return `Line ${String(sameLabel)} has the same title and year.`;
  const sameId = taken.ids.get(id);
  if (sameId !== undefined) return `Line ${String(sameId)} has the same id.`;
  taken.labels.set(label.toLowerCase(), line);
  taken.ids.set(id, line);
  return null;
}
