import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Action, Role } from '../../../src/lib/contracts/action';
import { formatTurn } from '../../../src/lib/action/format';
import { guessActions } from '../../../src/lib/dialogue/guess-actions';
import { readTurn } from '../../../src/lib/dialogue/read-turn';
import { unmodelled } from '../../../src/lib/dialogue/agent';
import { labelled } from '../../../src/lib/dialogue/views';
import { tiny, turnOf } from './harness';

const turns = [
  turnOf('user', { text: 'Something scary, please.' }),
  turnOf('recommender', {
    actions: [{ type: 'recommend', items: ['film-0', 'film-5'] }],
    text: 'How about It (2017) or Saw (2004)?',
  }),
];
const guess = (role: Role, text: string, earlier = turns): readonly Action[] =>
  guessActions(text, { role, turns: earlier, catalogue: tiny, slate: 2 });

describe('the guess of what a user does', () => {
  it.each<[string, readonly Action[]]>([
    ['', []],
    ['Hello there', [{ type: 'chat' }]],
    ['I am in the mood for horror', [{ type: 'inform' }]],
    ['What is Saw (2004) about?', [{ type: 'ask' }]],
    ["I've seen Saw (2004).", [{ type: 'seen', items: ['film-5'] }]],
    ["I'll take It (2017), thanks!", [{ type: 'accept', items: ['film-0'] }]],
    ['Not for me.', [{ type: 'reject', items: ['film-0', 'film-5'] }]],
    ['Goodbye!', [{ type: 'bye' }]],
    [
      "I have seen Saw (2004). But It (2017) sounds good, I'll watch it",
      [
        { type: 'seen', items: ['film-5'] },
        { type: 'accept', items: ['film-0'] },
      ],
    ],
  ])('%j', (text, actions) => {
    expect(guess('user', text)).toEqual(actions);
  });

  it('takes an unseen film for no seen one', () => {
    expect(guess('user', "I haven't seen Saw (2004), sounds good")).toEqual([
      { type: 'accept', items: ['film-5'] },
    ]);
  });

  it('lets a user name what nobody recommended, so that it is not out of nowhere', () => {
    expect(guess('user', 'I loved Heat (1995).', [])).toEqual([
      { type: 'inform', items: ['film-7'] },
    ]);
  });
});

describe('the guess of what a recommender does', () => {
  it.each<[string, readonly Action[]]>([
    ['What do you like?', [{ type: 'ask' }]],
    ['How about Heat (1995)?', [{ type: 'recommend', items: ['film-7'] }]],
    [
      'Try Heat (1995). Do you like crime?',
      [{ type: 'recommend', items: ['film-7'] }, { type: 'ask' }],
    ],
    ['Saw (2004) is by James Wan.', [{ type: 'answer', items: ['film-5'] }]],
    ['Nice weather.', [{ type: 'chat' }]],
    ['Bye!', [{ type: 'bye' }]],
  ])('%j', (text, actions) => {
    expect(guess('recommender', text)).toEqual(actions);
  });

  it('keeps to the slate', () => {
    const [first] = guess('recommender', 'Heat (1995), Toy Story (1995) or Up (2009)!');
    expect(first?.items).toHaveLength(2);
  });
});

it('never guesses an action line that the parser would mark', () => {
  const words = fc.constantFrom(
    ...['It (2017)', 'Saw (2004)', 'Heat (1995)', 'Up (2009)', 'but', 'seen', "I'll take", 'no'],
    ...['horror', 'bye', '?', '.', 'sounds good', 'I like', "haven't seen"],
  );
  const roles = fc.constantFrom<Role>('user', 'recommender');
  fc.assert(
    fc.property(roles, fc.array(words, { minLength: 1, maxLength: 8 }), (role, said) => {
      const text = said.join(' ');
      const acts = guess(role, text).map((action) => labelled(action, tiny));
      const reply = unmodelled(formatTurn(acts, text), 0);
      const { violations } = readTurn(role, reply, turns, [], tiny, false);
      const ofLine = violations.filter(({ kind }) => kind !== 'stray-title');
      expect(ofLine).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
