import { describe, expect, it } from 'vitest';
import { parseModelIndex } from '../../../src/lib/engine/model-index';
import { checkSeat, defaultModel, fitsSeat } from '../../../src/lib/engine/model-seats';

const base = { id: 'base', role: null };
const user = { id: 'interplay-user-135m', role: 'user' as const };
const otherUser = { id: 'mine', role: 'user' as const };
const recommender = { id: 'interplay-recommender-135m', role: 'recommender' as const };
const counterpart = { id: 'counterpart', role: 'both' as const };

describe('the model of a seat', () => {
  it('is of its role, or of none', () => {
    const all = [base, user, recommender, counterpart];
    expect(all.filter((model) => fitsSeat(model, 'user'))).toEqual([base, user]);
    expect(all.filter((model) => fitsSeat(model, 'recommender'))).toEqual([base, recommender]);
    expect(() => {
      checkSeat({ id: 'gguf' }, 'user');
    }).not.toThrow();
  });

  it('is by default the one that ships, then one of the role, then a zero-shot one', () => {
    expect(defaultModel([base, otherUser, user], 'user')).toBe(user);
    expect(defaultModel([base, otherUser, recommender], 'user')).toBe(otherUser);
    expect(defaultModel([user, counterpart, base], 'recommender')).toBe(base);
    expect(() => defaultModel([user, counterpart], 'recommender')).toThrowError(
      expect.objectContaining({
        code: 'model-missing',
        message: expect.stringContaining('recommender') as string,
      }),
    );
  });
});

describe("the counterpart's model", () => {
  it('is of its role or of none, and never a zero-shot one by default', () => {
    expect(fitsSeat(counterpart, 'both')).toBe(true);
    expect(fitsSeat(base, 'both')).toBe(true);
    expect(defaultModel([base, counterpart], 'both')).toBe(counterpart);
    expect(() => defaultModel([base, user], 'both')).toThrowError(
      expect.objectContaining({ code: 'model-missing' }),
    );
    expect(() => {
      checkSeat(recommender, 'both');
    }).toThrowError(
      expect.objectContaining({
        code: 'model-incompatible',
        message: expect.stringMatching(/as the recommender.*counterpart/) as string,
      }),
    );
  });
});

describe('parseModelIndex', () => {
  const entry = { id: 'm', title: 'M', manifest: 'm/manifest.json', bytes: 9 };

  it('reads role and card where there are any', () => {
    expect(parseModelIndex({ models: [entry] })).toEqual([{ ...entry, role: null, card: null }]);
    const tuned = { ...entry, role: 'both', card: 'm/README.md' };
    expect(parseModelIndex({ models: [tuned], later: 1 })).toEqual([tuned]);
    expect(parseModelIndex({ models: [] })).toEqual([]);
  });

  it.each([
    null,
    {},
    { models: {} },
    { models: [null] },
    { models: [{ ...entry, id: 1 }] },
    { models: [{ ...entry, bytes: 'big' }] },
    { models: [{ ...entry, bytes: 0 }] },
    { models: [{ ...entry, role: 'judge' }] },
    { models: [{ ...entry, card: 7 }] },
  ])('refuses %j', (json) => {
    expect(() => parseModelIndex(json)).toThrowError(
      expect.objectContaining({ code: 'model-corrupt' }),
    );
  });
});
