import { describe, expect, it } from 'vitest';
import { accepts, chats, dialogue, recommends, rejects, says } from './fixtures';
import { measure, value } from './measure';

const inOne = () => dialogue([says(), recommends(['f1']), accepts('f1'), chats()]);
const inThree = () =>
  dialogue([
    says(),
    chats(),
    says(),
    recommends(['o1']),
    rejects('o1'),
    recommends(['f1']),
    accepts('f1'),
  ]);
const never = () => dialogue([says(), recommends(['o1']), rejects('o1'), chats()]);

describe('exchanges', () => {
  it('to success count complete exchanges before the accept', () => {
    expect(measure('exchanges-to-success', [inOne(), inThree(), never()])).toMatchObject({
      value: 2,
      n: 2,
      leftOut: [{ count: 1, why: 'dialogue without an accept' }],
    });
    expect(value('exchanges-to-success-median', [inOne(), inOne(), inThree()])).toBe(1);
  });

  it('over all count a failure at the limit of its own settings', () => {
    expect(value('exchanges-to-success-all', [inOne(), never()])).toBe((1 + 10) / 2);
  });

  it('in the median count the whole dialogue', () => {
    expect(value('exchanges-median', [inOne(), inThree(), never()])).toBe(2);
  });

  it('do not count two turns of one role as an exchange', () => {
    expect(value('exchanges-median', [dialogue([says(), says(), chats(), chats()])])).toBe(1);
  });

  it('are unknown without a success', () => {
    expect(measure('exchanges-to-success', [never()])).toMatchObject({ value: null, n: 0 });
  });
});
