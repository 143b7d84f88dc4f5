import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SlotPool } from '../../../src/lib/engine/native/slots';

/** The prompt of turn `turn` of dialogue `dialogue`: all dialogues begin alike, each turn goes on from the last. */
const prompt = (dialogue: number, turn: number): number[] => [
  1,
  2,
  3,
  dialogue,
  ...Array.from({ length: 2 * turn }, (_, i) => i),
];

describe('SlotPool', () => {
  it('gives a dialogue its own sequence back, and a new one a cleared one', async () => {
    const pool = new SlotPool(['a', 'b']);
    const first = await pool.acquire(prompt(1, 0));
    const second = await pool.acquire(prompt(2, 0));
    expect([first.fresh, second.fresh]).toEqual([true, true]);
    pool.release(first.slot, prompt(1, 0));
    pool.release(second.slot, prompt(2, 0));
    const again = await pool.acquire(prompt(2, 1));
    expect(again).toEqual({ slot: second.slot, fresh: false });
    pool.release(again.slot, prompt(2, 1));
    // The same first prompt once more is another dialogue, though a sequence begins with it.
    expect((await pool.acquire(prompt(2, 0))).fresh).toBe(true);
  });

  it('forgets', async () => {
    const pool = new SlotPool(['a']);
    const { slot } = await pool.acquire(prompt(1, 0));
    pool.release(slot, prompt(1, 0));
    pool.forget();
    expect((await pool.acquire(prompt(1, 1))).fresh).toBe(true);
  });

  it('never hands one sequence to two, and serves everyone', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.nat(5), { maxLength: 20 }),
        async (size, dialogues) => {
          const pool = new SlotPool(Array.from({ length: size }, (_, i) => i));
          const busy = new Set<number>();
          let served = 0;
          await Promise.all(
            dialogues.map(async (dialogue, turn) => {
              const { slot } = await pool.acquire(prompt(dialogue, turn));
              expect(busy.has(slot.sequence)).toBe(false);
              busy.add(slot.sequence);
              await new Promise((resolve) => setTimeout(resolve, 0));
              busy.delete(slot.sequence);
              served += 1;
              pool.release(slot, prompt(dialogue, turn));
            }),
          );
          expect(served).toBe(dialogues.length);
        },
      ),
      { numRuns: 30 },
    );
  });
});
