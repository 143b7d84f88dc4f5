import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tour, tourPlaces } from '../../../src/lib/state/tour.svelte';
import { placeBeside } from '../../../src/lib/ui/tour/place';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('the tour', () => {
  it('is offered once, and can be had again', () => {
    const kept = storage();
    const tour = new Tour(kept);
    expect([tour.offered, tour.place]).toEqual([true, null]);
    tour.end();
    expect(tour.offered).toBe(false);
    const later = new Tour(kept);
    expect(later.offered).toBe(false);
    later.start();
    expect(later.place).toBe(tourPlaces[0]);
  });

  it('goes through every place, back and on, and ends after the last', () => {
    const tour = new Tour(storage());
    tour.next();
    expect(tour.place).toBeNull();
    tour.start();
    tour.back();
    const seen = [tour.place];
    for (let i = 1; i < tourPlaces.length; i++) {
      tour.next();
      seen.push(tour.place);
    }
    expect(seen).toEqual(tourPlaces);
    tour.back();
    expect(tour.place).toBe(tourPlaces.at(-2));
    tour.next();
    tour.next();
    expect(tour.at).toBeNull();
  });
});

describe('placeBeside', () => {
  it('keeps the panel inside the window, and off its target where there is room beside it', () => {
    const size = fc.record({
      width: fc.integer({ min: 1, max: 3000 }),
      height: fc.integer({ min: 1, max: 2000 }),
    });
    const box = fc.record({
      left: fc.integer({ min: -500, max: 3000 }),
      top: fc.integer({ min: -500, max: 2000 }),
      width: fc.integer({ min: 1, max: 2000 }),
      height: fc.integer({ min: 1, max: 2000 }),
    });
    const panel = { width: 330, height: 180 };
    fc.assert(
      fc.property(box, size, (target, extra) => {
        const view = { width: 390 + extra.width, height: 400 + extra.height };
        const { left, top } = placeBeside(target, panel, view);
        expect(left).toBeGreaterThanOrEqual(12);
        expect(top).toBeGreaterThanOrEqual(12);
        expect(left + panel.width).toBeLessThanOrEqual(view.width);
        expect(top + panel.height).toBeLessThanOrEqual(view.height);
      }),
    );
    const view = { width: 1440, height: 900 };
    const target = { left: 0, top: 100, width: 300, height: 200 };
    expect(placeBeside(target, panel, view)).toEqual({ left: 312, top: 100 });
    expect(placeBeside({ ...target, left: 1140 }, panel, view).left).toBe(1140 - 12 - 330);
  });
});
