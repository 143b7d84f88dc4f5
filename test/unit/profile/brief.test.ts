import { describe, expect, test } from 'vitest';
import type { Profile } from '../../../src/lib/contracts';
import { toBrief } from '../../../src/lib/profile/brief';
import { shippedDomain } from '../../support/domains';

const { catalogue, profiles } = shippedDomain('boardgames');
const [profile] = profiles;
if (profile === undefined) throw new Error('no profiles');

describe('toBrief', () => {
  test('carries what may be known, by label', () => {
    expect(toBrief(profile, catalogue)).toEqual({
      summary: profile.summary,
      wanted: profile.wanted,
      unwanted: profile.unwanted,
      known: ['Quiet Harbour (2003)'],
      patience: 'normal',
      talkativeness: 'normal',
    });
  });

  test('does not change with targets, source, anonymity or a field of a later version', () => {
    const other = {
      ...profile,
      targets: ['bg01'],
      anonymity: 999,
      source: { ...profile.source, dataset: 'elsewhere' },
      secret: 'bg01',
    };
    expect(JSON.stringify(toBrief(other, catalogue))).toBe(
      JSON.stringify(toBrief(profile, catalogue)),
    );
  });

  test('an item of another catalogue is an error, not a gap', () => {
    const wrong: Profile = { ...profile, liked: ['zz'] };
    expect(() => toBrief(wrong, catalogue)).toThrow('zz');
  });
});
