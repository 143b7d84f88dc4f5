import { describe, expect, test } from 'vitest';
import { decadeForms } from '../../../src/lib/domain/attribute-words';
import { decadeOf } from '../../../src/lib/domain/attributes';
import { phraseAttribute, renderFactCard } from '../../../src/lib/domain/card';
import { shippedDomain } from '../../support/domains';

const { catalogue } = shippedDomain('boardgames');
const found = (text: string) =>
  catalogue.findAttributes(text).map(({ type, value }) => `${type} ${value}`);

describe('catalogue', () => {
  test('finds items by id and label, case ignored', () => {
    expect(catalogue.byId('bg09')?.title).toBe('Quiet Harbour');
    expect(catalogue.byLabel('quiet harbour (2003)')?.id).toBe('bg09');
    expect(catalogue.byId('none')).toBeNull();
    expect(catalogue.byLabel('none')).toBeNull();
  });

  test('a fact card says what anyone could look up, on one line', () => {
    const item = catalogue.byId('bg03');
    if (item === null) throw new Error('bg03 is gone');
    const card = catalogue.factCard(item);
    expect(card).toEqual({
      item: 'bg03',
      label: item.label,
      year: 2018,
      facts: catalogue.attributesOf(item),
    });
    const line = renderFactCard(card, catalogue.pack);
    expect(line).toBe(
      'Lanterns of Ashmoor: Night Market (2018): auction, tile laying; fantasy; from the 2010s; designed by Ines Okafor',
    );
  });

  test('a card without facts is its label', () => {
    const card = { item: 'x', label: 'X (2000)', facts: [] };
    expect(renderFactCard(card, catalogue.pack)).toBe('X (2000)');
  });

  test('phrases', () => {
    const phrase = (type: string, value: string) =>
      phraseAttribute({ type, value }, catalogue.pack);
    expect(phrase('designer', 'Ines Okafor')).toBe('designed by Ines Okafor');
    expect(phrase('decade', '1990s')).toBe('from the 1990s');
    expect(phrase('theme', '$& and $1')).toBe('about $& and $1');
  });
});

describe('findAttributes', () => {
  test.each([
    ['a co-op game about railways', ['mechanic cooperative', 'theme trains']],
    ['something from the 80s', ['decade 1980s']],
    ['the nineties, or 2010s', ['decade 1990s', 'decade 2010s']],
    ['anything by Mirela Duic?', ['designer Mirela Duic']],
    ['I like bidding and BLUFFING', ['mechanic auction', 'mechanic bluffing']],
    ['nothing of the kind', []],
  ])('%s', (text, attributes) => {
    expect(found(text)).toEqual(attributes);
  });

  test('words within a title say nothing', () => {
    expect(found('We played Dragon Clerk.')).toEqual([]);
    expect(found('We played something with dragons.')).toEqual(['theme fantasy']);
  });

  test('a mention tells its place', () => {
    const text = 'More sea, please';
    const [mention] = catalogue.findAttributeMentions(text);
    expect(text.slice(mention?.start, mention?.end)).toBe('sea');
  });

  test('a clear surname needs its capital', () => {
    const films = shippedDomain('movies').catalogue;
    const people = (text: string) => films.findAttributes(text).map(({ value }) => value);
    expect(people('anything by Tarantino')).toContain('Quentin Tarantino');
    expect(people('anything by tarantino')).toEqual([]);
    expect(people('anything with tom hanks')).toContain('Tom Hanks');
  });
});

describe('decades', () => {
  test('of years', () => {
    expect([1999, 2000, 1930].map(decadeOf)).toEqual(['1990s', '2000s', '1930s']);
  });

  test('forms', () => {
    expect(decadeForms('1990s')).toEqual(expect.arrayContaining(['1990s', '90s', 'nineties']));
    expect(decadeForms('2010s')).not.toContain('10s');
    expect(decadeForms('old')).toEqual(['old']);
  });
});
