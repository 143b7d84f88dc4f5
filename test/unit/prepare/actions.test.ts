import { describe, expect, it } from 'vitest';
import { actionsOf, type TurnFacts } from '../../../src/cli/prepare/actions';
import { labelKey, readLabels } from '../../../src/cli/prepare/labels';
import type { FilmAnswer } from '../../../src/lib/profile/redial';

const answer = (seen: boolean | null, liked: boolean | null): FilmAnswer => ({
  suggested: true,
  seen,
  liked,
});

function facts(part: Partial<TurnFacts>): TurnFacts {
  return {
    role: 'user',
    types: [],
    named: [],
    namedBefore: new Set(['101', '102']),
    recommended: ['101', '102'],
    latest: ['101', '102'],
    known: new Set(),
    answers: new Map(),
    ...part,
  };
}

describe("the user's actions", () => {
  it('divides the latest films between feedback as the questionnaire says', () => {
    const answers = new Map([
      ['101', answer(true, true)],
      ['102', answer(false, true)],
    ]);
    expect(actionsOf(facts({ types: ['seen', 'accept'], answers }))).toEqual([
      { type: 'seen', items: ['101'] },
      { type: 'accept', items: ['102'] },
    ]);
  });

  it('speaks of the named film rather than of the latest', () => {
    expect(actionsOf(facts({ types: ['accept'], named: ['101'] }))).toEqual([
      { type: 'accept', items: ['101'] },
    ]);
  });

  it('may call one film both seen and refused, never taken and refused', () => {
    const seen = facts({ types: ['seen', 'reject'], latest: ['101'] });
    expect(actionsOf(seen)).toEqual([
      { type: 'seen', items: ['101'] },
      { type: 'reject', items: ['101'] },
    ]);
    const both = facts({ types: ['reject', 'accept'], latest: ['101'] });
    expect(actionsOf(both)).toEqual([{ type: 'reject', items: ['101'] }]);
  });

  it('does not refuse what was liked, nor give feedback on nothing', () => {
    const answers = new Map([['101', answer(null, true)]]);
    expect(actionsOf(facts({ types: ['reject'], latest: ['101'], answers }))).toEqual([
      { type: 'chat' },
    ]);
    expect(actionsOf(facts({ types: ['accept'], recommended: [], latest: [] }))).toEqual([
      { type: 'chat' },
    ]);
  });

  it('names in inform only what the brief knows', () => {
    const known = new Set(['103']);
    expect(actionsOf(facts({ types: ['inform'], named: ['103', '104'], known }))).toEqual([
      { type: 'inform', items: ['103'] },
    ]);
  });
});

describe("the recommender's actions", () => {
  const of = (part: Partial<TurnFacts>) => actionsOf(facts({ role: 'recommender', ...part }));

  it('recommends what nobody named before, whatever the tagger says', () => {
    expect(of({ types: ['chat'], named: ['103'] })).toEqual([
      { type: 'chat' },
      { type: 'recommend', items: ['103'] },
    ]);
  });

  it('does not recommend again; it speaks of it', () => {
    expect(of({ types: ['recommend'], named: ['101'] })).toEqual([
      { type: 'answer', items: ['101'] },
    ]);
    expect(of({ types: ['recommend'] })).toEqual([{ type: 'chat' }]);
  });

  it('keeps to three actions, and to those with films', () => {
    const actions = of({ types: ['answer', 'chat', 'ask', 'bye'], named: ['103'] });
    expect(actions).toHaveLength(3);
    expect(actions).toContainEqual({ type: 'recommend', items: ['103'] });
  });
});

describe('labels', () => {
  const heading = 'conversation,message,role,actions\n';

  it('are read in the order of an action line', () => {
    const labels = readLabels(`${heading}7,40,user,inform seen\n7,41,recommender,ask\n`);
    expect(labels.get(labelKey('7', 40))).toEqual(['seen', 'inform']);
    expect(labels.get(labelKey('7', 41))).toEqual(['ask']);
  });

  it.each(['7,40,user,recommend', '7,x,user,chat', '7,40,user,', '7,40,nobody,chat'])(
    'refuses %s',
    (line) => {
      expect(() => readLabels(`${heading}${line}\n`)).toThrow(/Line 2/);
    },
  );
});
