import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstChoices, askedModels, type Choices } from '../../../src/lib/state/choices';
import { classroomChoices, enterClassroom, leaveClassroom } from '../../../src/lib/state/classroom';
import type { Lab } from '../../../src/lib/state/lab.svelte';
import { Look } from '../../../src/lib/state/look.svelte';
import { shippedDomain } from '../../support/domains';

let kept: Map<string, string>;
const dataset: Record<string, string> = {};
beforeEach(() => {
  kept = new Map();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
  vi.stubGlobal('navigator', { languages: ['en-GB'] });
  vi.stubGlobal('document', { documentElement: { dataset, lang: 'en' } });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function labOf(choices: Choices, busy = false) {
  const lab = {
    choices,
    domain: { id: choices.domain },
    talk: { busy },
    chooseDomain: (id: string) => {
      lab.domain = { id };
      return Promise.resolve();
    },
    choose: (changed: Partial<Choices>) => {
      lab.choices = { ...lab.choices, ...changed };
    },
  };
  return lab as unknown as Lab;
}

describe('the classroom preset', () => {
  it('names a profile of the site that is worth showing, and needs no model', () => {
    const profile = shippedDomain('movies').profiles.find(
      ({ id }) => id === classroomChoices.profile,
    );
    expect(profile?.targets.length).toBeGreaterThan(0);
    expect(profile?.anonymity).toBe(219);
    expect(askedModels(classroomChoices)).toEqual([]);
  });

  it('is entered in one go, kept, and left for what there was before', async () => {
    const before = { ...firstChoices, domain: 'boardgames', seed: 99 };
    const lab = labOf(before);
    const look = new Look();
    await enterClassroom(lab, look);
    expect(lab.choices).toEqual(classroomChoices);
    expect(lab.domain?.id).toBe('movies');
    expect(dataset['size']).toBe('projector');
    expect(new Look().size).toBe('projector');
    // Once more changes nothing of what is to be gone back to.
    await enterClassroom(lab, look);
    await leaveClassroom(lab, look);
    expect(lab.choices).toEqual(before);
    expect(dataset['size']).toBeUndefined();
    expect(new Look().size).toBe('normal');
  });

  it('leaves the domain alone while a dialogue is held', async () => {
    const lab = labOf({ ...firstChoices, domain: 'boardgames', profile: 'p' }, true);
    await enterClassroom(lab, new Look());
    expect(lab.domain?.id).toBe('boardgames');
    expect(lab.choices).toMatchObject({ domain: 'boardgames', profile: 'p', seed: 7 });
  });
});
