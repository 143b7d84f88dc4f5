import { describe, expect, it } from 'vitest';
import { opinionAt, stanceAt } from '../../../src/lib/metrics/stance';

const stance = (text: string, thing: string) => {
  const at = text.indexOf(thing);
  return stanceAt(text, at, at + thing.length);
};
const opinion = (text: string, thing: string) => {
  const at = text.indexOf(thing);
  return opinionAt(text, at, at + thing.length);
};

describe('the stance of a wish', () => {
  it.each([
    ['I am looking for a good comedy', 'wants'],
    ["I've never watched that, any good comedy?", 'wants'],
    ["I don't mind comedy", 'wants'],
    ["I don't want drama, I was hoping for comedy!", 'wants'],
    ['No, I really want comedy tonight', 'wants'],
    ["I don't like comedy", 'refuses'],
    ['I am not in the mood for drama, crime or comedy', 'refuses'],
    ['Something good, no comedy please', 'refuses'],
    ["comedy isn't for me", 'refuses'],
    ['There is no comedy in it', 'unclear'],
    ['No comedy there', 'unclear'],
    ['It is a comedy', 'unclear'],
    ['That has too much comedy', 'unclear'],
    ['Something other than comedy', 'unclear'],
  ])('%s: %s', (text, expected) => {
    expect(stance(text, 'comedy')).toBe(expected);
  });
});

describe('the opinion of an item', () => {
  it.each([
    ['I loved Heat', 'likes'],
    ['Heat is great', 'likes'],
    ['I hated Heat', 'dislikes'],
    ["I didn't like Heat", 'dislikes'],
    ['Heat was boring', 'dislikes'],
    ['I have seen Heat', null],
    ['something like Heat', null],
    ['I love horror. Heat?', null],
  ])('%s: %s', (text, expected) => {
    expect(opinion(text, 'Heat')).toBe(expected);
  });
});
