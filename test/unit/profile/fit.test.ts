import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAttributeIndex } from '../../../src/lib/profile/attribute-index';
import { countFitting, fits, matchShare } from '../../../src/lib/profile/fit';
import { shippedDomain } from '../../support/domains';

const { catalogue, profiles } = shippedDomain('boardgames');
const item = catalogue.byId('bg09');
if (item === null) throw new Error('bg09 is gone');
const coop = { type: 'mechanic', value: 'cooperative' };
const sea = { type: 'theme', value: 'sea' };
const space = { type: 'theme', value: 'space' };
const trains = { type: 'theme', value: 'trains' };

describe('fits', () => {
  test('needs at least the share theta of the wishes', () => {
    expect(fits(item, { wanted: [coop, space], unwanted: [] }, catalogue)).toBe(true);
    expect(fits(item, { wanted: [coop, space, trains], unwanted: [] }, catalogue)).toBe(false);
    expect(fits(item, { wanted: [coop, space, trains], unwanted: [] }, catalogue, 0.3)).toBe(true);
    expect(fits(item, { wanted: [coop, space], unwanted: [] }, catalogue, 0.6)).toBe(false);
  });

  test('one unwanted attribute spoils it', () => {
    expect(fits(item, { wanted: [coop, sea], unwanted: [sea] }, catalogue)).toBe(false);
    expect(fits(item, { wanted: [coop, sea], unwanted: [space] }, catalogue)).toBe(true);
  });

  test('a type must match, not only a value', () => {
    expect(fits(item, { wanted: [{ type: 'theme', value: 'cooperative' }], unwanted: [] })).toBe(
      false,
    );
  });

  test('the share of nothing wanted is unknown, not 0', () => {
    expect(matchShare(item, [])).toBeNull();
    expect(matchShare(item, [coop, space, sea, trains])).toBe(0.5);
  });
});

describe('anonymity', () => {
  test('counts what fits', () => {
    expect(countFitting({ wanted: [trains], unwanted: [] }, catalogue)).toBe(4);
    expect(countFitting({ wanted: [], unwanted: [] }, catalogue)).toBe(30);
    expect(countFitting({ wanted: [trains], unwanted: [trains] }, catalogue)).toBe(0);
  });

  test('the fast index counts the same', () => {
    const index = createAttributeIndex(catalogue);
    const all = catalogue.items.flatMap((one) => catalogue.attributesOf(one));
    const some = fc.uniqueArray(fc.constantFrom(...all), {
      maxLength: 5,
      selector: ({ type, value }) => `${type} ${value}`,
    });
    fc.assert(
      fc.property(some, some, (wanted, unwanted) => {
        fc.pre(wanted.length > 0);
        expect(index.fitting({ wanted, unwanted })).toBe(
          countFitting({ wanted, unwanted }, catalogue),
        );
      }),
    );
  });

  test('the made-up profiles sit at 3 to 15', () => {
    for (const profile of profiles) {
      expect(profile.anonymity).toBeGreaterThanOrEqual(3);
      expect(profile.anonymity).toBeLessThanOrEqual(15);
    }
  });
});
