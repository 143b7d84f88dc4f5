import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { shippedDomain } from '../../support/domains';
import { tinyPack } from '../../support/tiny-domain';

const games = shippedDomain('boardgames').catalogue;
const films = createCatalogue(tinyPack);

function linked(catalogue: typeof games, text: string): string[] {
  return catalogue.link(text).map((link) => catalogue.byId(link.item)?.label ?? '');
}

describe('link', () => {
  test.each([
    ['the year kept', 'We played Quiet Harbour (2003) again.'],
    ['the year without brackets', 'We played Quiet Harbour 2003 again.'],
    ['the year dropped', 'We played Quiet Harbour again.'],
    ['lower case', 'we played quiet harbour again'],
    ['an alias', 'We played Silent Harbour again.'],
    ['a slip', 'We played Quiet Harbuor again.'],
    ['a letter dropped', 'we played quiet harbor again'],
  ])('finds a title with %s', (_, text) => {
    expect(linked(games, text)).toEqual(['Quiet Harbour (2003)']);
  });

  test('a moved article', () => {
    expect(linked(games, 'Signalman, The is fun')).toEqual(['The Signalman (1986)']);
    expect(linked(games, 'Drowned Bell, A (2005) is fun')).toEqual(['A Drowned Bell (2005)']);
  });

  test('diacritics and ampersands', () => {
    expect(linked(games, 'cafe minuit, then orbit and ash')).toEqual([
      'Café Minuit (2010)',
      'Orbit & Ash (2017)',
    ]);
  });

  test('the longest title wins', () => {
    expect(linked(games, 'Lanterns of Ashmoor: Night Market or Lanterns of Ashmoor')).toEqual([
      'Lanterns of Ashmoor: Night Market (2018)',
      'Lanterns of Ashmoor (2011)',
    ]);
  });

  test.each([
    ['Rails to Perrin 2', 'Rails to Perrin II (1993)'],
    ['rails to perrin two', 'Rails to Perrin II (1993)'],
    ['Rails to Perrin Part 2', 'Rails to Perrin II (1993)'],
    ['9 moons of kel', 'Nine Moons of Kel (2015)'],
    ['Lanterns of Ashmoor II', 'Lanterns of Ashmoor 2 (2014)'],
    ['lanterns of ashmoor 1', 'Lanterns of Ashmoor (2011)'],
  ])('numbers in any spelling: %s', (text, label) => {
    expect(
      linked(games, `I like ${text}.`).concat(games.resolveTitle(text)?.label ?? ''),
    ).toContain(label);
  });

  test('a sequel that is not in the catalogue is not its first part', () => {
    for (const text of ['Lanterns of Ashmoor 3', 'Rails to Perrin Part III', 'Quiet Harbour 2']) {
      expect(linked(games, `We played ${text} today.`)).toEqual([]);
      expect(games.resolveTitle(text)).toBeNull();
    }
    expect(linked(games, 'We played Quiet Harbour 2 times.')).toEqual(['Quiet Harbour (2003)']);
  });

  test('a year that no item of the title has is another item', () => {
    expect(linked(games, 'We played Quiet Harbour (1975).')).toEqual([]);
    expect(linked(games, 'We played Quiet Harbour (2004).')).toEqual(['Quiet Harbour (2003)']);
  });

  test('homonyms: the year decides, else the better known, the others told', () => {
    expect(linked(films, 'I saw Halloween (2018).')).toEqual(['Halloween (2018)']);
    const [link] = films.link('I watched Halloween.');
    expect(films.byId(link?.item ?? '')?.label).toBe('Halloween (1978)');
    expect(link?.homonyms).toEqual(['film-3']);
  });

  test.each([
    'It is great.',
    'I liked it, and it was long.',
    'We went up the hill.',
    'i saw him yesterday',
    'The heat was terrible.',
    'Up to you.',
    'Is it out? It was on my list.',
  ])('everyday words are no titles: %s', (text) => {
    expect(linked(films, text)).toEqual([]);
  });

  test.each([
    ['Have you seen It (2017)?', 'It (2017)'],
    ['Have you seen "It"?', 'It (2017)'],
    ['I loved It.', 'It (2017)'],
    ['My kids loved Up!', 'Up (2009)'],
    ['We watched Heat on Friday.', 'Heat (1995)'],
  ])('everyday words with evidence are: %s', (text, label) => {
    expect(linked(films, text)).toEqual([label]);
  });

  test("a person's name is no title", () => {
    expect(linked(films, 'James Wan directed it, with Toy Story on his mind.')).toEqual([
      'Toy Story (1995)',
    ]);
  });

  test('ranges hold exactly what was said, the year included', () => {
    const text = 'Try Quiet Harbour (2003) or cafe minuit.';
    expect(games.link(text).map((link) => text.slice(link.start, link.end))).toEqual([
      'Quiet Harbour (2003)',
      'cafe minuit',
    ]);
    expect(games.link(text).map((link) => link.match)).toEqual(['label', 'title']);
  });
});

describe('resolveTitle', () => {
  test('needs no evidence, since the text claims to be a title', () => {
    expect(films.resolveTitle('it')?.label).toBe('It (2017)');
    expect(films.resolveTitle('"Up"')?.label).toBe('Up (2009)');
    expect(films.resolveTitle('Conjuring, The')?.label).toBe('The Conjuring (2013)');
    expect(films.resolveTitle('the conjurign')?.label).toBe('The Conjuring (2013)');
  });

  test('takes the whole text or nothing', () => {
    expect(films.resolveTitle('Toy Story and Saw')).toBeNull();
    expect(films.resolveTitle('An Invented Film (2011)')).toBeNull();
    expect(films.resolveTitle('')).toBeNull();
  });
});
