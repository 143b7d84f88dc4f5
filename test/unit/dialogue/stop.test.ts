import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/lib/contracts/dialogue';
import {
  acceptedItems,
  countExchanges,
  outcomeOf,
  stopStatus,
} from '../../../src/lib/dialogue/stop';
import { turnOf } from './harness';

let said = 0;
/** Turns that do nothing special, each with its own words. */
const talk = (count: number): Turn[] =>
  Array.from({ length: count }, (_, i) =>
    turnOf(i % 2 === 0 ? 'user' : 'recommender', { text: `Words ${String((said += 1))}` }),
  );
const accept = turnOf('user', { actions: [{ type: 'accept', items: ['a'] }], text: 'Yes' });
const bye = (role: 'user' | 'recommender') =>
  turnOf(role, { actions: [{ type: 'bye' }], text: 'Bye' });

describe('stopStatus', () => {
  it('goes on while nothing has happened', () => {
    expect(stopStatus([], 20)).toBeNull();
    expect(stopStatus(talk(19), 20)).toBeNull();
  });

  it('ends at the limit of turns, both roles counted', () => {
    expect(stopStatus(talk(20), 20)).toBe('limit');
    expect(stopStatus([], 0)).toBe('limit');
  });

  it('ends when someone says bye, as accepted only after an accept', () => {
    expect(stopStatus([...talk(2), bye('user')], 20)).toBe('declined');
    expect(stopStatus([...talk(3), bye('recommender')], 20)).toBe('declined');
    expect(stopStatus([...talk(2), accept, bye('recommender')], 20)).toBe('accepted');
  });

  it('lets both sides say goodbye after an accept, and no more', () => {
    const accepted = [...talk(2), accept];
    expect(stopStatus(accepted, 20)).toBeNull();
    expect(stopStatus([...accepted, turnOf('recommender', { text: 'Enjoy' })], 20)).toBeNull();
    expect(
      stopStatus([...accepted, turnOf('recommender', { text: 'Enjoy' }), turnOf('user')], 20),
    ).toBe('accepted');
    expect(stopStatus(accepted, 3)).toBe('accepted');
  });

  it('ends a loop: one role says the same three times in a row', () => {
    const parrot = (text: string) => turnOf('user', { text });
    const [, a, , b] = talk(4);
    if (!a || !b) throw new Error('unreachable');
    expect(stopStatus([parrot('More!'), a, parrot('more')], 20)).toBeNull();
    expect(stopStatus([parrot('More!'), a, parrot('more'), b, parrot('More...')], 20)).toBe('loop');
    expect(stopStatus([parrot('More'), a, parrot('Less'), b, parrot('More')], 20)).toBeNull();
  });

  it('ends when three turns in a row are broken', () => {
    const broken = (role: 'user' | 'recommender', i: number) =>
      turnOf(role, {
        actions: [],
        text: `Broken ${String(i)}`,
        violations: [{ kind: 'unparsed' }],
      });
    const turns = [broken('user', 0), broken('recommender', 1), broken('user', 2)];
    expect(stopStatus(turns.slice(0, 2), 20)).toBeNull();
    expect(stopStatus(turns, 20)).toBe('degenerate');
  });
});

describe('outcomeOf', () => {
  it('counts complete exchanges and each accepted item once', () => {
    const turns = [...talk(4), accept, turnOf('recommender'), accept];
    expect(countExchanges(turns)).toBe(3);
    expect(acceptedItems(turns)).toEqual(['a']);
    expect(outcomeOf(turns, 'accepted')).toEqual({
      status: 'accepted',
      accepted: ['a'],
      exchanges: 3,
    });
  });
});
