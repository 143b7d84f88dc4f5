import { describe, expect, it } from 'vitest';
import { actionOrder } from '../../../src/lib/action/rules';
import {
  has,
  inOrder,
  toggleAct,
  toggleFeedback,
  toggleItem,
} from '../../../src/lib/ui/talk/picked';

describe('the acts of a person’s turn', () => {
  it('are picked and dropped', () => {
    const one = toggleAct([], 'inform');
    expect(one).toEqual([{ type: 'inform' }]);
    expect(toggleAct(one, 'inform')).toEqual([]);
  });

  it('name items, and go with their last one', () => {
    const two = toggleItem(toggleItem([], 'recommend', 'a'), 'recommend', 'b');
    expect(two).toEqual([{ type: 'recommend', items: ['a', 'b'] }]);
    expect(has(two, 'recommend', 'b')).toBe(true);
    expect(toggleItem(toggleItem(two, 'recommend', 'a'), 'recommend', 'b')).toEqual([]);
  });

  it('do not take and refuse one item at once, but may have seen it', () => {
    const refused = toggleFeedback(toggleFeedback([], 'seen', 'a'), 'reject', 'a');
    expect(toggleFeedback(refused, 'accept', 'a')).toEqual([
      { type: 'seen', items: ['a'] },
      { type: 'accept', items: ['a'] },
    ]);
  });

  it('stand in the order of an action line', () => {
    const picked = toggleAct(toggleFeedback(toggleAct([], 'inform'), 'reject', 'a'), 'bye');
    expect(inOrder(picked, actionOrder('user')).map(({ type }) => type)).toEqual([
      'reject',
      'inform',
      'bye',
    ]);
  });
});
