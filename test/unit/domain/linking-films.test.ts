import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../../src/lib/contracts';
import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { createRandom, shuffled, type Random } from '../../../src/lib/domain/random';
import { titleInForm, titleWithSlip, type WrittenForm } from '../../bars/title-writing';
import { shippedDomain } from '../../support/domains';

/** Bar 7 in small: sentences of ours around catalogue titles, no text of any dataset. */
const frames = [
  'Have you seen {title}?',
  'I really liked {title} and would like something similar.',
  'My favorite is {title}, I think.',
  'You could try {title}.',
  'We watched {title} last night.',
  '{title} was really good.',
];
/** Without any title; all of their words are in some. */
const talk = [
  'It is great, thank you so much!',
  'I am looking for a good comedy for tonight.',
  'They were up all night and it was fun.',
  'Anything else? I like old movies too.',
  'I saw it once, but I can not remember the end.',
  'No, I have not seen that one. What is it about?',
  'My kids love to sing, so maybe something for the family.',
  'You are welcome, have a great day!',
  'She is at home with her dog most of the time.',
  'That sounds like a plan, I will check it out this weekend.',
  'The war scenes were too much for me, but the actors were good.',
  'Give me a second, there is a big one that I forgot.',
];

let catalogue: Catalogue;
let popular: Item[];
let random: Random;

beforeAll(() => {
  catalogue = shippedDomain('movies').catalogue;
  random = createRandom(7);
  popular = shuffled(
    catalogue.items.filter((item) => item.popularity >= 3),
    random,
  ).slice(0, 300);
});

function found(item: Item, written: string, frame: string): boolean {
  const text = frame.replace('{title}', () => written);
  return catalogue
    .link(text)
    .some((link) => link.item === item.id || link.homonyms.includes(item.id));
}

const frameOf = (i: number) => frames[i % frames.length] ?? '{title}';

describe('linking over all films', () => {
  test.each<[WrittenForm, number]>([
    ['year kept', 0.995],
    ['year dropped', 0.97],
    ['lower case', 0.95],
    ['article moved', 0.96],
  ])('%s: at least %d found', (form, least) => {
    const hits = popular.filter((item, i) =>
      found(item, titleInForm(item.label, form), frameOf(i)),
    );
    expect(hits.length / popular.length).toBeGreaterThanOrEqual(least);
  });

  test('at least 0.9 with a typing slip', () => {
    const slipped = popular.flatMap((item) => {
      const title = titleWithSlip(item.title, random);
      return title === null ? [] : [{ item, title }];
    });
    const hits = slipped.filter(({ item, title }, i) => found(item, title, frameOf(i)));
    expect(slipped.length).toBeGreaterThan(250);
    expect(hits.length / slipped.length).toBeGreaterThanOrEqual(0.9);
  });

  test('no links in plain talk', () => {
    expect(talk.flatMap((text) => catalogue.link(text))).toEqual([]);
  });

  test('every label resolves to its own item', () => {
    const wrong = catalogue.items.filter((item) => catalogue.resolveTitle(item.label) !== item);
    expect(wrong.map((item) => item.label)).toEqual([]);
  });

  test('Toy Story 2 is never Toy Story', () => {
    const labels = (text: string) =>
      catalogue.link(text).map(({ item }) => catalogue.byId(item)?.label);
    expect(labels('I loved toy story 2')).toEqual(['Toy Story 2 (1999)']);
    expect(labels('I loved Toy Story II')).toEqual(['Toy Story 2 (1999)']);
    expect(labels('I loved Toy Story.')).toEqual(['Toy Story (1995)']);
    expect(labels('I loved Toy Story 9')).toEqual([]);
  });

  test('any text: sorted ranges within it, no overlap, never a throw', () => {
    const words = fc.constantFrom(
      'It',
      'the',
      'Toy',
      'Story',
      '2',
      'Matrix,',
      'The',
      '(1999)',
      '"',
      'saw',
      'up',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 14 }).map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(text, (said) => {
        const links = catalogue.link(said);
        links.forEach((link, i) => {
          expect(link.start).toBeGreaterThanOrEqual(links[i - 1]?.end ?? 0);
          expect(link.end).toBeGreaterThan(link.start);
          expect(link.end).toBeLessThanOrEqual(said.length);
          expect(catalogue.byId(link.item)).not.toBeNull();
          expect(link.homonyms).not.toContain(link.item);
        });
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
