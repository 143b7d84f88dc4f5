import { describe, expect, test } from 'vitest';
import type { RecommenderView, ViewTurn } from '../../../src/lib/contracts';
import { readSignals } from '../../../src/lib/recommend/signals';
import { shippedDomain } from '../../support/domains';

const { catalogue } = shippedDomain('movies');
const heard = (text: string): ViewTurn => ({ by: 'other', text, cards: [] });
const own = (text: string): ViewTurn => ({ by: 'self', actions: [], text });
const read = (...turns: ViewTurn[]) => {
  const view: RecommenderView = { role: 'recommender', turns };
  return readSignals(view, catalogue);
};
const stances = (text: string) =>
  Object.fromEntries(
    read(heard(text)).attributes.map(({ attribute, stance }) => [attribute.value, stance]),
  );

describe('attributes', () => {
  test.each([
    ['I like comedy.', { comedy: 'wanted' }],
    ['No horror, please.', { horror: 'refused' }],
    ['I do not like horror, mystery or crime.', { horror: 'refused', crime: 'refused' }],
    ['Something that is not horror', { horror: 'refused' }],
    ["I want one that isn't a comedy.", { comedy: 'refused' }],
    // The refusal ends where a wish begins.
    ['No, I want something more like comedy.', { comedy: 'wanted' }],
    ['That is not what I am looking for, is there any good drama?', { drama: 'wanted' }],
    ['I have not seen that one, maybe something from the 1990s', { '1990s': 'wanted' }],
    // Who complains that something is lacking asks for it.
    ["That isn't crime.", { crime: 'wanted' }],
    ['No, that one is not comedy!', { comedy: 'wanted' }],
    ['There is no comedy in that.', { comedy: 'wanted' }],
    ["I don't think that is horror.", { horror: 'wanted' }],
    ["Keanu Reeves isn't in it.", { 'Keanu Reeves': 'wanted' }],
    ['Not for me, no Keanu Reeves there.', { 'Keanu Reeves': 'wanted' }],
    ['It is not for me, I hate horror.', { horror: 'refused' }],
  ])('%s', (text, expected) => {
    expect(stances(text)).toMatchObject(expected);
  });
});

describe('items', () => {
  const offer = (answer: string) => read(own('Have you seen Titanic (1997)?'), heard(answer)).items;

  test.each([
    'No, thanks.',
    'Hmm, no!',
    'Not my kind of movie.',
    'That is not what I am looking for.',
    "I'm not interested in that one.",
    "I don't think so, I like war films.",
    "I'll skip that one.",
  ])('turned down: %s', (answer) => {
    expect(offer(answer)).toMatchObject([{ stance: 'declined' }]);
  });

  test.each(['Yes, I loved it.', 'No, I have not seen it.', 'I have not watched that.'])(
    'not turned down: %s',
    (answer) => {
      const [item] = offer(answer);
      // "No" is a no to the question, and is read as one.
      expect(item?.stance).toBe(answer.startsWith('No') ? 'declined' : 'offered');
    },
  );
});

describe('corrected', () => {
  const wish = heard('I want comedy.');
  const offer = own('What about Titanic (1997)?');

  test('is who asks for something after a recommendation', () => {
    expect(read(wish).corrected).toBe(false);
    expect(read(wish, offer).corrected).toBe(false);
    expect(read(wish, own('Of what kind?'), heard('From the 1990s.')).corrected).toBe(false);
    expect(read(heard('I love Titanic (1997).'), own('Me too.'), wish).corrected).toBe(false);
    expect(read(heard('Hi.'), offer, heard('No, thank you.')).corrected).toBe(false);
    expect(read(heard('Hi.'), offer, heard('No horror, please.')).corrected).toBe(false);
    expect(read(heard('Hi.'), offer, wish).corrected).toBe(true);
  });
});
