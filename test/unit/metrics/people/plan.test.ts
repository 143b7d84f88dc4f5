import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderFor } from '../../../../src/lib/metrics/people/order';
import { blindedId, repeatsOf } from '../../../../src/lib/metrics/people/plan';
import { dialogue, says } from '../fixtures';
import { alwaysAccept, copying, middling } from '../evaluation/systems';
import { planned } from './sheets';

const three = [...middling(), ...alwaysAccept(), ...copying()];

describe('a session', () => {
  it('shows raters what was said, by ids that tell nothing', () => {
    const { session } = planned(three);
    const text = JSON.stringify(session);
    expect(session.transcripts).toHaveLength(60);
    for (const { id, models, targets, profileId } of three) {
      expect(text).not.toContain(`"${id}"`);
      expect(text).not.toContain(models.user.id);
      expect(text).not.toContain(`"${profileId}"`);
      expect(targets.some((target) => text.includes(`"${target}"`))).toBe(false);
    }
    expect(Object.keys(session.transcripts[0]?.turns[0] ?? {}).sort()).toEqual(['role', 'text']);
  });

  it('is the same whatever order the dialogues come in, and another with another seed', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(three, { minLength: 60, maxLength: 60 }),
        fc.constantFrom('single' as const, 'pairs' as const),
        (mixed, mode) => {
          const part = { mode, count: 12, repeats: 3 };
          expect(planned(mixed, part).session).toEqual(planned(three, part).session);
        },
      ),
      { numRuns: 20 },
    );
    expect(planned(three, { seed: 8 }).session.plan.id).not.toBe(planned(three).session.plan.id);
  });

  it('takes single dialogues evenly from the systems, the same profiles first', () => {
    const { shares, session } = planned(three, { count: 12 });
    expect(shares.map((share) => share.dialogues)).toEqual([4, 4, 4]);
    const ids = new Set(session.transcripts.map(({ id }) => id));
    const taken = three.filter(({ id }) => ids.has(blindedId(7, id)));
    expect(new Set(taken.map(({ profileId }) => profileId)).size).toBe(4);
  });

  it('pairs two systems over one profile, sides by chance, repeats with sides exchanged', () => {
    const { session } = planned(three, { mode: 'pairs', repeats: 4 });
    const { items } = session.plan;
    const repeats = repeatsOf(items);
    expect([items.length, repeats.size]).toEqual([24, 4]);
    const byBlind = new Map(three.map((one) => [blindedId(7, one.id), one]));
    const left = items.slice(0, 20).map(({ a, b }) => {
      const [first, second] = [byBlind.get(a), byBlind.get(b ?? '')];
      expect(first?.profileId).toBe(second?.profileId);
      expect(first?.models.user.id).not.toBe(second?.models.user.id);
      return first?.models.user.id;
    });
    expect(new Set(left).size).toBe(2);
    for (const item of items.slice(20)) {
      expect(repeats.get(item.id)).toMatchObject({ a: item.b, b: item.a });
    }
  });

  it('leaves out what cannot be rated and says so', () => {
    const broken = dialogue([says('Hello.')], { outcome: null });
    const silent = dialogue([says(' ')]);
    expect(planned([...middling(), broken, silent]).leftOut).toEqual([
      { count: 1, why: 'dialogue that has not ended' },
      { count: 1, why: 'dialogue in which nothing is said' },
    ]);
    expect(() => planned([broken])).toThrow(/no finished dialogue/);
    expect(() => planned(middling(), { mode: 'pairs' })).toThrow(/two systems/);
  });

  it('gives each rater an order of their own, a repeat in the other half than what it repeats', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 5 }), (rater, repeated) => {
        const { plan } = planned(three, { count: 20, repeats: repeated }).session;
        const order = orderFor(plan, rater);
        expect(order).toEqual(orderFor(plan, rater));
        expect(new Set(order)).toEqual(new Set(plan.items));
        const place = new Map(order.map(({ id }, i) => [id, i]));
        for (const [copy, { id }] of repeatsOf(plan.items)) {
          expect((place.get(copy) ?? 0) - (place.get(id) ?? 0)).toBeGreaterThan(2);
        }
      }),
      { numRuns: 50 },
    );
    const { plan } = planned(three).session;
    expect(orderFor(plan, 'one')).not.toEqual(orderFor(plan, 'two'));
  });
});
