import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNearWords, slipsBetween } from '../../../src/lib/domain/near-words';
import { numeralValue, numeralVariants } from '../../../src/lib/domain/numerals';
import { containsRun, tokenize, wordsOf } from '../../../src/lib/domain/text';
import { titleForms, titleParts } from '../../../src/lib/domain/title-forms';

describe('tokenize', () => {
  test.each([
    ["What's Up, Doc?", ['whats', 'up', 'doc']],
    ['E.T. the Extra-Terrestrial', ['et', 'the', 'extra', 'terrestrial']],
    ['Léon & Amélie', ['leon', 'and', 'amelie']],
    ['', []],
  ])('%s', (text, words) => {
    expect(wordsOf(text)).toEqual(words);
  });

  test('places hold the words', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const token of tokenize(text)) {
          expect(token.end).toBeGreaterThan(token.start);
          expect(wordsOf(text.slice(token.start, token.end))).toEqual([token.norm]);
        }
      }),
    );
  });

  test('containsRun looks for an unbroken run', () => {
    expect(containsRun(['a', 'b', 'c'], ['b', 'c'])).toBe(true);
    expect(containsRun(['a', 'b', 'c'], ['a', 'c'])).toBe(false);
    expect(containsRun(['a'], [])).toBe(false);
  });
});

describe('numbers', () => {
  test('values', () => {
    expect(['2', 'iv', 'seven', 'up'].map(numeralValue)).toEqual([2, 4, 7, null]);
  });

  test('a title that is a numeral alone is left alone', () => {
    expect(numeralVariants(['seven'])).toEqual([]);
  });
});

describe('title forms', () => {
  const words = (title: string) => titleForms(title).map((form) => form.words.join(' '));

  test('articles, numbers, closed words', () => {
    expect(words('The Matrix')).toEqual(
      expect.arrayContaining(['the matrix', 'matrix', 'matrix the']),
    );
    expect(words('The Godfather Part II')).toEqual(
      expect.arrayContaining(['godfather 2', 'the godfather part 2']),
    );
    expect(words('Spider-Man')).toContain('spiderman');
    expect(new Set(words('The Ring')).size).toBe(words('The Ring').length);
  });

  test('parts', () => {
    expect(titleParts('Kingsman: The Golden Circle')).toEqual({
      head: 'Kingsman',
      tail: 'The Golden Circle',
    });
    expect(titleParts('Heat')).toBeNull();
  });
});

describe('near words', () => {
  const near = createNearWords(['matrix', 'titanic', 'conjuring', 'up', 'saw']);
  const found = (word: string) => near.near(word).map((hit) => hit.word);

  test('finds slips of every kind', () => {
    for (const slip of ['matirx', 'matrx', 'mattrix', 'mafrix'])
      expect(found(slip)).toEqual(['matrix']);
    expect(found('titnic')).toEqual(['titanic']);
    expect(found('conjruign')).toEqual([]);
    expect(found('conjurinng')).toEqual(['conjuring']);
  });

  test('short words have no slips', () => {
    expect(found('sow')).toEqual([]);
    expect(found('uo')).toEqual([]);
  });

  test('the neighbourhood misses no word within one slip', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'd'),
      minLength: 4,
      maxLength: 9,
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 30 }),
        word,
        (vocabulary, asked) => {
          const index = createNearWords(vocabulary);
          const hits = index.near(asked).map((hit) => hit.word);
          for (const other of vocabulary) {
            if (other !== asked && slipsBetween(asked, other) === 1) expect(hits).toContain(other);
          }
        },
      ),
    );
  });
});
