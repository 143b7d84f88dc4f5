import { describe, expect, test } from 'vitest';
import { countMentions, filmsOf, parseRedial } from '../../../src/lib/profile/redial';
import { splitOf } from '../../../src/lib/profile/split';

const line = {
  conversationId: '7',
  initiatorWorkerId: 1,
  respondentWorkerId: 2,
  messages: [
    { senderWorkerId: 1, text: 'I like @11 and @11' },
    { senderWorkerId: 2, text: 'try @12' },
  ],
  movieMentions: { '11': 'A (1999)', '12': 'B' },
  initiatorQuestions: { '12': { suggested: 1, seen: 0, liked: 1 } },
  respondentQuestions: {
    '11': { suggested: 0, seen: 1, liked: 1 },
    '12': { suggested: 1, seen: 2, liked: 0 },
  },
};

describe('parseRedial', () => {
  test('reads roles, films and answers, the seeker before the recommender', () => {
    const [dialogue] = parseRedial(`${JSON.stringify(line)}\n`);
    expect(dialogue?.turns.map(({ bySeeker, films }) => [bySeeker, films])).toEqual([
      [true, ['11', '11']],
      [false, ['12']],
    ]);
    expect(dialogue?.answers.get('12')).toEqual({ suggested: true, seen: false, liked: true });
    expect(dialogue?.answers.get('11')).toEqual({ suggested: false, seen: true, liked: true });
    expect(dialogue && [...filmsOf(dialogue)]).toEqual(['11', '12']);
    expect(countMentions(dialogue ? [dialogue, dialogue] : [])).toEqual(
      new Map([
        ['11', 2],
        ['12', 2],
      ]),
    );
  });

  test('an empty list stands for no answers', () => {
    const [dialogue] = parseRedial(
      JSON.stringify({ ...line, initiatorQuestions: [], respondentQuestions: [] }),
    );
    expect(dialogue?.answers.size).toBe(0);
  });

  test('names the line that is wrong', () => {
    expect(() => parseRedial(`${JSON.stringify(line)}\n{oops`)).toThrow('Line 2');
    expect(() => parseRedial('{}')).toThrow('Line 1');
    expect(() => parseRedial(JSON.stringify({ ...line, messages: 3 }))).toThrow('messages');
  });
});

describe('splitOf', () => {
  test('is one split per seeker, in the intended shares', () => {
    const splits = Array.from({ length: 4000 }, (_, i) => splitOf(String(i)));
    const share = (split: string) => splits.filter((one) => one === split).length / splits.length;
    expect(share('shown')).toBeCloseTo(0.15, 1);
    expect(share('validation')).toBeCloseTo(0.1, 1);
    expect(splitOf('42')).toBe(splitOf('42'));
  });

  test('never changes: models are trained on it', () => {
    expect(['1', '2', '64', '696', '719'].map(splitOf)).toMatchInlineSnapshot(`
      [
        "train",
        "train",
        "shown",
        "train",
        "train",
      ]
    `);
  });
});
