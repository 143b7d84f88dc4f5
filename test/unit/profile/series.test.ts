import { describe, expect, test } from 'vitest';
import type { Item } from '../../../src/lib/contracts';
import { givesAway, sharesSeries } from '../../../src/lib/profile/series';

const item = (title: string, ...aliases: string[]): Item => ({
  id: title,
  title,
  label: title,
  aliases,
  attributes: {},
  popularity: 0,
});

describe('sharesSeries', () => {
  test.each([
    ['Toy Story', 'Toy Story 3'],
    ['The Dark Knight', 'The Dark Knight Rises'],
    ['Star Wars: A New Hope', 'Star Wars: The Last Jedi'],
    ['Jurassic Park', 'Jurassic World'],
    ['The Bourne Identity', 'The Bourne Legacy'],
    ['The Matrix', 'The Matrix Reloaded'],
    ['Rocky', 'Rocky IV'],
    ['The Godfather', 'The Godfather Part II'],
    ['It', 'It'],
    ['Saw', 'Saw II'],
  ])('%s and %s', (a, b) => {
    expect(sharesSeries(item(a), item(b))).toBe(true);
    expect(sharesSeries(item(b), item(a))).toBe(true);
  });

  test.each([
    ['Big Fish', 'Big Business'],
    ['Heat', 'The Prestige'],
    ['The Ring', 'Lord of War'],
    ['Home Alone', 'Meet the Parents'],
  ])('not %s and %s', (a, b) => {
    expect(sharesSeries(item(a), item(b))).toBe(false);
  });

  test('an alias counts', () => {
    expect(sharesSeries(item('Se7en Sins', 'Seven Sins'), item('Seven Sins 2'))).toBe(true);
  });
});

describe('givesAway', () => {
  test.each([
    ['Loved Toy Story (1995).', 'Toy Story 3'],
    ['A fan of star wars.', 'Star Wars: The Last Jedi'],
    ['Wants what they call The Prestige.', 'The Prestige'],
    ['prestige is a word', 'The Prestige'],
    ['Loved It (2017).', 'It'],
    ['Could not get into Up (2009).', 'Up'],
  ])('"%s" gives away %s', (text, title) => {
    expect(givesAway(text, item(title))).toBe(true);
  });

  test.each([
    ['Loved it. Would see it again.', 'It'],
    ['Up for anything. It does not matter.', 'Up'],
    ['Loved Heat (1995).', 'The Prestige'],
    ['Likes war films.', 'War'],
  ])('"%s" does not give away %s', (text, title) => {
    expect(givesAway(text, item(title))).toBe(false);
  });
});
