import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turn } from '../../../src/lib/contracts';
import { judgementsOf } from '../../../src/lib/metrics';
import { accepts, dialogue, hasSeen, recommends, rejects, says, userBye } from './fixtures';
import { measure, value } from './measure';

const slates = fc.array(fc.constantFrom('f1', 'f2', 'f3', 'o1', 'o2', 'o3'), {
  minLength: 1,
  maxLength: 3,
});

/** Recommendations until the user, who takes the first of the first slate, has said goodbye. */
function alwaysAccepting(opening: number, offers: string[][]): Turn[] {
  const turns: Turn[] = [];
  for (let i = 0; i < opening; i++) turns.push(says());
  const [first = ['f1'], second] = offers;
  turns.push(recommends(first), accepts(first[0] ?? ''));
  if (second) turns.push(recommends(second), userBye());
  return turns;
}

describe('discrimination', () => {
  it('is exactly 0 for a user that always accepts, whatever it is offered', () => {
    const dialogues = fc.array(fc.tuple(fc.nat(2), fc.array(slates, { maxLength: 2 })), {
      minLength: 4,
    });
    let defined = 0;
    fc.assert(
      fc.property(dialogues, (made) => {
        const result = measure(
          'discrimination',
          made.map(([opening, offers]) => dialogue(alwaysAccepting(opening, offers))),
        );
        if (result.value === null) expect(result.reason).toContain('Needs both');
        else {
          expect(result.value).toBe(0);
          defined += 1;
        }
      }),
    );
    expect(defined).toBeGreaterThan(20);
  });

  it('is 1 for one that accepts what fits and rejects or passes over the rest', () => {
    const turns = [says(), recommends(['o1']), rejects('o1'), recommends(['o2']), says()];
    expect(value('discrimination', [dialogue([...turns, recommends(['f1']), accepts('f1')])])).toBe(
      1,
    );
  });

  it('is below 0 for one that accepts what does not fit', () => {
    const turns = [says(), recommends(['f1']), rejects('f1'), recommends(['o1']), accepts('o1')];
    expect(value('discrimination', [dialogue(turns)])).toBe(-1);
  });

  it('is unknown, with the reason, where only fitting items were recommended', () => {
    const oracle = dialogue([says(), recommends(['f1']), accepts('f1')]);
    expect(measure('discrimination', [oracle])).toMatchObject({
      value: null,
      reason: expect.stringContaining('some that do not'),
    });
  });

  it('counts what it leaves out', () => {
    const result = measure('discrimination', [
      dialogue([says(), recommends(['o1', 'f1']), accepts('f1'), recommends(['o2']), userBye()]),
      dialogue([says(), recommends(['ghost']), rejects('ghost'), recommends(['o1'])]),
    ]);
    expect(result.leftOut.map(({ count, why }) => `${count} ${why}`).sort()).toEqual([
      '1 recommendation: another item was accepted instead',
      '1 recommendation: item is not in the catalogue',
      "1 recommendation: no user's turn after the recommendation",
      '1 recommendation: recommended after an accept',
    ]);
  });
});

describe('judgements', () => {
  const judged = (turns: Turn[]) =>
    judgementsOf(dialogue(turns)).map((judgement) =>
      judgement.judged ? judgement.accepted : judgement.why,
    );

  it('take what was seen and what was passed over as not accepted', () => {
    expect(judged([says(), recommends(['f1', 'f2']), hasSeen('f1')])).toEqual([false, false]);
  });

  it('wait for a later accept, but only until the item is recommended again', () => {
    expect(judged([recommends(['f1']), says(), recommends(['f2']), accepts('f1')])).toEqual([
      true,
      'another item was accepted instead',
    ]);
    expect(judged([recommends(['f1']), rejects('f1'), recommends(['f1']), accepts('f1')])).toEqual([
      false,
      true,
    ]);
  });
});
