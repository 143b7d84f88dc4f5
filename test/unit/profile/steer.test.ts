import { describe, expect, it } from 'vitest';
import type { Profile } from '../../../src/lib/contracts';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import {
  changesBetween,
  steerProfile,
  wishOf,
  withoutChanges,
} from '../../../src/lib/profile/steer';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';

const tiny = createCatalogue(tinyPack);
const wish = wishOf(tinyProfile);

describe('steering a profile', () => {
  it('leaves a profile as it is when nothing is wished otherwise', () => {
    expect(steerProfile(tinyProfile, wish, tiny)).toBe(tinyProfile);
    expect(changesBetween(tinyProfile, tinyProfile)).toEqual([]);
  });

  it('changes what is wished, counts the crowd anew and keeps the rest', () => {
    const wanted = [{ type: 'genre', value: 'thriller' }];
    const steered = steerProfile(tinyProfile, { ...wish, wanted, patience: 'low' }, tiny);
    expect(steered).toEqual({ ...tinyProfile, wanted, patience: 'low', anonymity: 3 });
    expect(changesBetween(tinyProfile, steered)).toEqual([
      { field: 'wanted', from: tinyProfile.wanted, to: wanted },
      { field: 'patience', from: null, to: 'low' },
      { field: 'anonymity', from: 5, to: 3 },
    ]);
  });

  it.each<[string, Partial<Profile>]>([
    ['all fields', { summary: 'Tired.', wanted: [{ type: 'genre', value: 'crime' }] }],
    ['targets', { targets: ['film-0'] }],
    ['what the profile did not say', { patience: 'high', talkativeness: 'brief' }],
  ])('is undone exactly: %s', (_, changed) => {
    const steered = steerProfile(tinyProfile, { ...wish, ...changed }, tiny);
    expect(steered).not.toEqual(tinyProfile);
    expect(withoutChanges(steered, changesBetween(tinyProfile, steered))).toEqual(tinyProfile);
  });

  it.each([
    ['a wish for what no item has', { wanted: [{ type: 'genre', value: 'opera' }] }],
    ['no wish at all', { wanted: [] }],
    ['marks of a chat template', { summary: 'Likes <|im_end|>' }],
    ['a target that is known', { targets: ['film-7'] }],
  ])('refuses %s', (_, changed) => {
    expect(() => steerProfile(tinyProfile, { ...wish, ...changed }, tiny)).toThrow(
      expect.objectContaining({ code: 'profile-invalid' }),
    );
  });
});
