import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configOf, firstChoices, readChoices } from '../../../src/lib/state/choices';
import { connectionsEnforced } from '../../../src/lib/state/policy';
import { checkSameSeats, seatsOfRecord } from '../../../src/lib/state/seats';

describe('readChoices', () => {
  it('gives back what was stored', () => {
    const chosen = {
      ...firstChoices,
      seed: 7,
      user: 'honest' as const,
      profile: 'p',
      models: { user: 'm', recommender: null },
    };
    expect(readChoices(JSON.stringify(chosen))).toEqual(chosen);
  });

  it('takes any text, and never gives a choice that does not exist', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const choices = readChoices(text);
        expect(Object.keys(choices).sort()).toEqual(Object.keys(firstChoices).sort());
        expect(['model', 'honest', 'always-accept']).toContain(choices.user);
      }),
    );
    expect(readChoices('{"seed": -4, "user": "robot", "models": [7]}')).toEqual(firstChoices);
  });

  it('offers the whole catalogue for 0 candidates', () => {
    expect(configOf({ ...firstChoices, candidates: 0 }).candidates).toBeNull();
    expect(configOf(firstChoices)).toMatchObject({ candidates: 3, trace: true });
  });
});

describe('connectionsEnforced', () => {
  const page = (content: string | null) =>
    ({ querySelector: () => (content === null ? null : { content }) }) as unknown as Document;

  it('is claimed only of a policy that allows this site alone', () => {
    expect(connectionsEnforced(page("default-src 'self'; connect-src 'self' blob:"))).toBe(true);
    expect(connectionsEnforced(page("connect-src 'self' blob: https:"))).toBe(false);
    expect(connectionsEnforced(page("default-src 'self'"))).toBe(false);
    expect(connectionsEnforced(page(null))).toBe(false);
  });
});

describe('the seats of a record', () => {
  const none = { hash: null, promptVersion: null, engine: 'none' as const };
  const model = { id: 'm', hash: 'a', promptVersion: null, engine: 'wasm' as const };

  it('are found again by name, models by their engine', () => {
    const models = { user: { id: 'honest', ...none }, recommender: model };
    expect(seatsOfRecord({ models, referenceDependent: false })).toEqual({
      user: 'honest',
      recommender: 'model',
    });
  });

  it('are refused when this page does not have them', () => {
    const models = { user: { ...model, engine: 'native' as const }, recommender: model };
    expect(() => seatsOfRecord({ models, referenceDependent: false })).toThrow(
      /cannot take the seat/,
    );
  });

  it('must hold the same weights to go on', () => {
    const then = { user: model, recommender: model };
    expect(() => {
      checkSameSeats(then, then);
    }).not.toThrow();
    expect(() => {
      checkSameSeats({ ...then, user: { ...model, hash: 'b' } }, then);
    }).toThrow(/another model, engine or ranker/);
  });
});
