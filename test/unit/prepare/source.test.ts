import { describe, expect, it } from 'vitest';
import { dropReason } from '../../../src/cli/prepare/keep';
import { userOpens } from '../../../src/cli/prepare/opening';
import { filmIds, sourceTurns } from '../../../src/cli/prepare/source-turns';
import { taggerRows } from '../../../src/cli/prepare/tagger-rows';
import { tidy } from '../../../src/cli/prepare/tidy';
import { createRandom } from '../../../src/lib/domain/random';
import { redialDialogue, type DialogueSpec } from './fixtures';

describe('tidy', () => {
  it.each([
    ['have you seen  @101 ?', 'have you seen @101?'],
    ['@101is good,i think', '@101 is good,i think'],
    ['wow!!!!!! i like it', 'wow!!! I like it'],
    ['I\u2019m \u201cfine\u201d [really] <b>', 'I\'m "fine" really b'],
    ['I&#39;m &quot;in&quot;', 'I\'m "in"'],
    ['i saw@101 and @seven', 'I saw @101 and seven'],
    ['It was a great film. It was a great film.', 'It was a great film.'],
    ['no no no', 'no no no'],
  ])('%j becomes %j', (raw, expected) => {
    expect(tidy(raw)).toBe(expected);
  });
});

describe('turns of the source', () => {
  const dialogue = redialDialogue({
    messages: [
      [false, 'Hello'],
      [true, 'hi there'],
      [true, 'any scary ones like @55?'],
      [false, '...'],
      [false, 'How about @101'],
      [true, 'How do we submit?'],
      [true, 'ok'],
      [true, 'ok'],
    ],
  });

  it('merges messages of one side, leaves out what says nothing and talk about the task', () => {
    expect(sourceTurns(dialogue, (id) => (id === '55' ? '103' : id))).toEqual([
      { role: 'recommender', message: 40, text: 'Hello' },
      { role: 'user', message: 41, text: 'hi there. any scary ones like @103?' },
      { role: 'recommender', message: 44, text: 'How about @101' },
      { role: 'user', message: 46, text: 'ok' },
    ]);
  });

  it('gives the tagger words without titles, and the questionnaire', () => {
    const asked = redialDialogue({
      messages: [
        [true, 'I liked @101'],
        [false, 'See @102 or @101 again'],
        [true, 'seen @102'],
      ],
      answers: { '102': { suggested: 1, seen: 1, liked: 0 } },
    });
    const rows = taggerRows(asked, sourceTurns(asked));
    expect(rows[1]).toMatchObject({ text: 'See FILM or FILM again', before: 'I liked FILM' });
    expect(rows[1]?.numbers).toMatchObject({ fresh: 1, ownFilms: 2, ownSuggested: 1, left: 1 });
    expect(rows[2]?.numbers).toMatchObject({ fresh: 0, beforeSeen: 1, beforeDisliked: 1 });
  });
});

describe('dialogues that are left out', () => {
  const talk: DialogueSpec['messages'] = [
    [true, 'hi, I liked @101'],
    [false, 'try @102'],
    [true, 'ok'],
    [false, 'bye'],
  ];
  const reasonOf = (spec: DialogueSpec) => {
    const dialogue = redialDialogue(spec);
    return dropReason(dialogue, sourceTurns(dialogue));
  };

  it.each([
    [null, talk, { '102': { suggested: 1, seen: 0, liked: 1 } }],
    [
      'empty',
      [
        [true, 'hi'],
        [true, '@101'],
      ],
      {},
    ],
    ['aborted', talk.slice(0, 3), { '102': { suggested: 1, seen: 0, liked: 1 } }],
    ['swapped-roles', talk, { '101': { suggested: 1, seen: 0, liked: 1 } }],
    ['no-recommendation', talk, { '101': { suggested: 0, seen: 1, liked: 1 } }],
    [null, talk, {}],
  ] as const)('%s', (reason, messages, answers) => {
    expect(reasonOf({ messages, answers })).toBe(reason);
  });
});

describe('who opens', () => {
  const open = (messages: DialogueSpec['messages']) =>
    userOpens(sourceTurns(redialDialogue({ messages })), createRandom(3));

  it('keeps a user who opens', () => {
    const opened = open([
      [true, 'hi'],
      [false, 'hello'],
    ]);
    expect(opened).toMatchObject({ opening: 'user', firstIsContext: false });
    expect(opened.turns).toHaveLength(2);
  });

  it("drops a recommender's greeting, and does not teach to answer it", () => {
    const wish = open([
      [false, 'Hello!'],
      [true, 'I like comedies'],
    ]);
    expect(wish).toMatchObject({ opening: 'greeting-dropped', firstIsContext: false });
    expect(wish.turns[0]?.role).toBe('user');
    const reply = open([
      [false, 'How are you?'],
      [true, "I'm fine, and you?"],
    ]);
    expect(reply).toMatchObject({ opening: 'greeting-dropped', firstIsContext: true });
  });

  it('puts a request before a recommender who opens with a film', () => {
    const { turns, opening, firstIsContext } = open([
      [false, 'Seen @101?'],
      [true, 'no'],
    ]);
    expect({ opening, firstIsContext }).toEqual({ opening: 'request-added', firstIsContext: true });
    expect(turns.map(({ role }) => role)).toEqual(['user', 'recommender', 'user']);
    expect(filmIds(turns[0]?.text ?? '@')).toEqual([]);
  });
});
