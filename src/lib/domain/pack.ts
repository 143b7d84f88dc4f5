import { LabError } from '../contracts';
import type { AttributeType, DomainPack, DomainWords, Item } from '../contracts';

const kinds: readonly AttributeType['kind'][] = ['category', 'person', 'decade'];
/** A label stands in action lines and chat templates: their marks may not occur in it. */
const forbiddenInLabel = /[[\]|\r\n]|<\|/;

function fail(where: string, problem: string): never {
  throw new LabError(
    'catalogue-invalid',
    `The catalogue cannot be used: ${where} ${problem}. Correct the file and load it again.`,
  );
}

function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    fail(where, 'must be an object');
  }
  return value as Record<string, unknown>;
}

function listAt(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) fail(where, 'must be a list');
  return value;
}

function textAt(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.trim() === '') fail(where, 'must be a text with a letter');
  return value;
}

function textsAt(value: unknown, where: string): string[] {
  return listAt(value, where).map((text, i) => textAt(text, `${where}[${i}]`));
}

function uniqueTextsAt(value: unknown, where: string): string[] {
  const texts = textsAt(value, where);
  if (new Set(texts).size !== texts.length) fail(where, 'holds a value twice');
  return texts;
}

function parseWords(value: unknown): DomainWords {
  const words = objectAt(value, 'words');
  return {
    item: textAt(words.item, 'words.item'),
    items: textAt(words.items, 'words.items'),
    consume: textAt(words.consume, 'words.consume'),
    consumed: textAt(words.consumed, 'words.consumed'),
  };
}

function parseAttributeType(value: unknown, index: number): AttributeType {
  const where = `attributeTypes[${index}]`;
  const type = objectAt(value, where);
  const kind = kinds.find((known) => known === type.kind);
  if (kind === undefined) fail(`${where}.kind`, `must be one of ${kinds.join(', ')}`);
  const phrase = textAt(type.phrase, `${where}.phrase`);
  if (!phrase.includes('{value}')) fail(`${where}.phrase`, 'must contain {value}');
  const synonyms =
    type.synonyms === undefined
      ? undefined
      : Object.fromEntries(
          Object.entries(objectAt(type.synonyms, `${where}.synonyms`)).map(([word, others]) => [
            word,
            textsAt(others, `${where}.synonyms.${word}`),
          ]),
        );
  return {
    id: textAt(type.id, `${where}.id`),
    label: textAt(type.label, `${where}.label`),
    kind,
    phrase,
    ...(synonyms === undefined ? {} : { synonyms }),
  };
}

function parseItem(value: unknown, index: number, typeIds: ReadonlySet<string>): Item {
  const raw = objectAt(value, `items[${index}]`);
  const id = textAt(raw.id, `items[${index}].id`);
  const where = `item "${id}"`;
  const label = textAt(raw.label, `${where}: label`);
  if (forbiddenInLabel.test(label)) {
    fail(where, 'has a label with a bracket, bar, line break or "<|"');
  }
  if (label !== label.trim()) fail(where, 'has a label that begins or ends with a space');
  if (raw.year !== undefined && !Number.isInteger(raw.year)) {
    fail(where, 'has a year that is no whole number');
  }
  const popularity = raw.popularity;
  if (typeof popularity !== 'number' || !Number.isInteger(popularity) || popularity < 0) {
    fail(where, 'needs a popularity that is a whole number, 0 or more');
  }
  const attributes = Object.entries(objectAt(raw.attributes, `${where}: attributes`)).map(
    ([type, values]) => {
      if (!typeIds.has(type)) fail(where, `has an attribute of the undeclared type "${type}"`);
      return [type, uniqueTextsAt(values, `${where}: ${type}`)] as const;
    },
  );
  return {
    id,
    title: textAt(raw.title, `${where}: title`),
    ...(raw.year === undefined ? {} : { year: raw.year as number }),
    label,
    aliases: textsAt(raw.aliases, `${where}: aliases`),
    attributes: Object.fromEntries(attributes),
    popularity,
  };
}

function requireUnique(values: readonly string[], what: string): void {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) fail(`${what} "${value}"`, 'occurs twice');
    seen.add(value);
  }
}

/**
 * A domain pack from parsed JSON, all of it checked: shapes, unique ids and labels (labels also when case is
 * ignored), labels without the marks of action lines, attributes of declared types only.
 * Errors: `catalogue-invalid`, which names the item and what is wrong with it.
 */
export function parsePack(json: unknown): DomainPack {
  const pack = objectAt(json, 'the file');
  if (pack.schemaVersion !== 1) fail('schemaVersion', 'must be 1');
  const attributeTypes = listAt(pack.attributeTypes, 'attributeTypes').map(parseAttributeType);
  requireUnique(
    attributeTypes.map((type) => type.id),
    'attribute type',
  );
  const typeIds = new Set(attributeTypes.map((type) => type.id));
  const items = listAt(pack.items, 'items').map((item, i) => parseItem(item, i, typeIds));
  if (items.length === 0) fail('items', 'must hold at least one item');
  requireUnique(
    items.map((item) => item.id),
    'item id',
  );
  requireUnique(
    items.map((item) => item.label.toLowerCase()),
    'label',
  );
  return {
    schemaVersion: 1,
    id: textAt(pack.id, 'id'),
    name: textAt(pack.name, 'name'),
    language: textAt(pack.language, 'language'),
    words: parseWords(pack.words),
    attributeTypes,
    items,
    licence: textAt(pack.licence, 'licence'),
    attribution: textAt(pack.attribution, 'attribution'),
  };
}
