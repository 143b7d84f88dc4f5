import { describe, expect, it } from 'vitest';
import { actDivergence, actPairs, type ActSequence } from '../../../src/lib/metrics';

describe('pairs of acts', () => {
  const person: ActSequence = [
    { role: 'user', acts: ['inform'] },
    { role: 'recommender', acts: ['chat', 'recommend'] },
    { role: 'user', acts: ['accept', 'bye'] },
  ];

  it('weigh every pair of turns alike', () => {
    const bigrams = actPairs(person);
    expect(bigrams.get('user inform > recommender chat')).toBe(0.5);
    expect(bigrams.get('recommender recommend > user bye')).toBe(0.25);
    expect([...bigrams.values()].reduce((sum, weight) => sum + weight, 0)).toBe(2);
  });

  it('tell a user who only says yes from people', () => {
    const refusal: ActSequence = [
      { role: 'user', acts: ['inform'] },
      { role: 'recommender', acts: ['recommend'] },
      { role: 'user', acts: ['reject'] },
    ];
    const people = [person, refusal, person, refusal];
    const same = actDivergence(people, people, 1);
    expect(same.value).toBe(0);
    expect(same.n).toEqual([4, 4]);
    const yesMan = actDivergence([person, person], people, 1);
    expect(yesMan.value).toBeGreaterThan(0.1);
    expect(actDivergence([person, person], people, 1)).toEqual(yesMan);
  });
});
