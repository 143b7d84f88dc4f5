import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/lib/contracts';
import { parsePack } from '../../../src/lib/domain/pack';
import { packToText } from '../../../src/lib/domain/pack-text';
import { tinyPack } from '../../support/tiny-domain';

function changed(change: (pack: Record<string, unknown>, item: Record<string, unknown>) => void) {
  const copy = JSON.parse(JSON.stringify(tinyPack)) as Record<string, unknown>;
  change(copy, (copy.items as Record<string, unknown>[])[2] as Record<string, unknown>);
  return copy;
}

function problemOf(json: unknown): string {
  try {
    parsePack(json);
  } catch (reason) {
    expect(reason).toBeInstanceOf(LabError);
    expect((reason as LabError).code).toBe('catalogue-invalid');
    return (reason as LabError).message;
  }
  return 'accepted';
}

describe('parsePack', () => {
  test('takes a sound pack whole', () => {
    expect(parsePack(JSON.parse(JSON.stringify(tinyPack)))).toEqual(tinyPack);
  });

  test('writing and reading gives the same pack, one item a line', () => {
    const text = packToText(tinyPack);
    expect(parsePack(JSON.parse(text))).toEqual(tinyPack);
    expect(text.split('\n').filter((line) => line.includes('"label":"')).length).toBe(
      tinyPack.items.length,
    );
  });

  test.each([
    ['a bracket', 'Heat [1995]'],
    ['a bar', 'Heat | 1995'],
    ['a line break', 'Heat\n1995'],
    ['a template mark', 'Heat <|im_end|'],
  ])('refuses a label with %s and names the item', (_, label) => {
    expect(problemOf(changed((_pack, item) => (item.label = label)))).toContain('film-2');
  });

  test('refuses labels that differ only in case', () => {
    expect(problemOf(changed((_pack, item) => (item.label = 'it (2017)')))).toContain('twice');
  });

  test('refuses an id that occurs twice', () => {
    expect(problemOf(changed((_pack, item) => (item.id = 'film-0')))).toContain('film-0');
  });

  test.each<[string, (pack: Record<string, unknown>, item: Record<string, unknown>) => void]>([
    ['schemaVersion', (pack) => (pack.schemaVersion = 2)],
    ['undeclared', (_, item) => (item.attributes = { colour: ['red'] })],
    ['popularity', (_, item) => (item.popularity = -1)],
    ['year', (_, item) => (item.year = 'old')],
    ['aliases', (_, item) => delete item.aliases],
    ['twice', (_, item) => (item.attributes = { genre: ['horror', 'horror'] })],
    ['at least one item', (pack) => (pack.items = [])],
    ['words.consume', (pack) => (pack.words = { item: 'a', items: 'b', consumed: 'c' })],
  ])('says what is wrong: %s', (word, change) => {
    expect(problemOf(changed(change))).toContain(word);
  });

  test('refuses what is no object', () => {
    for (const json of [null, [], 'text', 3]) expect(problemOf(json)).toContain('object');
  });
});

describe('the shipped packs', () => {
  const folder = new URL('../../../static/domains/', import.meta.url);
  const read = (path: string) => readFileSync(new URL(path, folder), 'utf8');
  const list = JSON.parse(read('index.json')) as { id: string; catalogue: string }[];

  test.each(list)('$id is sound and written by packToText', ({ id, catalogue }) => {
    const text = read(catalogue);
    const pack = parsePack(JSON.parse(text));
    expect(pack.id).toBe(id);
    if (id === 'movies') {
      expect(packToText(pack)).toBe(text);
      expect(pack.items.length).toBeGreaterThan(6400);
      expect(text.length).toBeLessThan(2_500_000);
    }
  });
});
