import { describe, expect, it } from 'vitest';
import type { Patience } from '../../../src/lib/contracts/profile';
import type { LabelledAction, UserView, ViewTurn } from '../../../src/lib/contracts/view';
import { turnsOfPatience } from '../../../src/lib/action/rules';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { toBrief } from '../../../src/lib/profile/brief';
import { recommenderPrompt, userPrompt } from '../../../src/lib/prompt/request';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import { accepts, readGrammar } from '../action/gbnf';

const brief = toBrief(tinyProfile, createCatalogue(tinyPack));
const [label = ''] = tinyPack.items.map((item) => item.label);

/** A user's view after so many exchanges, in each of which it did the same. */
function after(exchanges: number, action: LabelledAction, patience?: Patience): UserView {
  const turns = Array.from({ length: exchanges }, (): ViewTurn[] => [
    { by: 'self', actions: [action], text: 'Words' },
    { by: 'other', text: 'Words', cards: [] },
  ]).flat();
  return {
    role: 'user',
    brief: { ...brief, ...(patience && { patience }) },
    turns,
    recommended: [label],
  };
}

const mayLeave = (view: UserView, line = '[bye]') =>
  accepts(readGrammar(userPrompt(view, tinyPack, 2).grammar), `${line}\nGoodbye.`);

describe('who may leave', () => {
  it.each(['low', 'normal', 'high'] as const)('the user when %s patience ends', (patience) => {
    const bears = turnsOfPatience[patience];
    const reject = { type: 'reject', items: [label] } as const;
    expect(mayLeave(after(bears - 1, reject, patience))).toBe(false);
    expect(mayLeave(after(bears, reject, patience))).toBe(true);
  });

  it('the user that has taken something, in that turn or later', () => {
    const accept = { type: 'accept', items: [label] } as const;
    expect(mayLeave(after(1, accept))).toBe(true);
    expect(mayLeave(after(1, { type: 'inform' }))).toBe(false);
    expect(mayLeave(after(1, { type: 'inform' }), `[accept: ${label}] [bye]`)).toBe(true);
  });

  it('the recommender that has nothing left to recommend', () => {
    const leaves = (candidates: readonly string[]) => {
      const { grammar } = recommenderPrompt(
        { role: 'recommender', turns: [] },
        tinyPack,
        candidates,
        2,
      );
      return accepts(readGrammar(grammar), '[bye]\nGoodbye.');
    };
    expect(leaves([label])).toBe(false);
    expect(leaves([])).toBe(true);
  });
});
