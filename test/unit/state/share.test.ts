import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  firstChoices,
  engineWishes,
  recommenderSeats,
  userSeats,
} from '../../../src/lib/state/choices';
import type { Domain } from '../../../src/lib/state/domain';
import type { Lab } from '../../../src/lib/state/lab.svelte';
import {
  longestLink,
  readShared,
  writeShared,
  type SharedSetup,
} from '../../../src/lib/state/share';
import { applyShared, planShared, shareAddress } from '../../../src/lib/state/share-apply';
import { shareLines } from '../../../src/lib/state/views/share';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { tinyPack, tinyProfile } from '../../support/tiny-domain';
import type { Profile } from '../../../src/lib/contracts/profile';

const catalogue = createCatalogue(tinyPack);
const plain: SharedSetup = { ...firstChoices, domain: 'tiny', profile: tinyProfile.id };

const name = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' });
const maybe = fc.option(name);
const setups: fc.Arbitrary<SharedSetup> = fc.record({
  domain: name,
  profile: fc.oneof(name, fc.record({ id: name, summary: name, wanted: fc.constant([]) })),
  user: fc.constantFrom(...userSeats),
  recommender: fc.constantFrom(...recommenderSeats),
  engine: fc.constantFrom(...engineWishes),
  models: fc.record({ user: maybe, recommender: maybe }),
  counterpart: maybe,
  seed: fc.integer({ min: 0, max: 2 ** 31 - 2 }),
  maxTurns: fc.integer({ min: 2, max: 60 }),
  candidates: fc.integer({ min: 0, max: 10_000 }),
  temperature: fc.double({ min: 0, max: 2, noNaN: true }).map((value) => value + 0),
});
const encode = (json: unknown) =>
  `#setup=1.${Buffer.from(JSON.stringify(json)).toString('base64url')}`;

describe('a link with a configuration', () => {
  it('gives back all that was put into it', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const link = writeShared(setup);
        expect(link).toMatch(/^setup=1\.[\w-]+$/);
        expect(readShared(`#${link}`)).toEqual({ ok: true, setup });
      }),
    );
  });

  it('is none where there is none', () => {
    for (const hash of ['', '#', '#content', '#setup', '#x=setup=1.e30']) {
      expect(readShared(hash)).toBeNull();
    }
  });

  it('takes any text, and never gives a setting that does not exist', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.json().map((json) => Buffer.from(json).toString('base64url')),
        ),
        (text) => {
          const read = readShared(`#setup=1.${text}`);
          expect(read?.ok).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('is refused whole when one part is wrong', () => {
    const good = {
      d: 'tiny',
      p: 'p',
      s: ['model', 'model'],
      m: [null, null, null],
      e: 'auto',
      n: [1, 20, 10, 0.7],
    };
    expect(readShared(encode(good))?.ok).toBe(true);
    const wrong = [
      { d: 7 },
      { d: 'x'.repeat(500) },
      { p: null },
      { p: [] },
      { s: ['robot', 'model'] },
      { s: 'model' },
      { m: [{}, null, null] },
      { m: [null] },
      { e: '__proto__' },
      { n: [1.5, 20, 10, 0.7] },
      { n: [1, 1, 10, 0.7] },
      { n: [1, 20, 10, 'hot'] },
      { n: [-1, 20, 10, 0.7] },
    ];
    for (const part of wrong) {
      expect(readShared(encode({ ...good, ...part })), JSON.stringify(part)).toEqual({
        ok: false,
        reason: 'damaged',
      });
    }
    expect(readShared(encode(good).slice(0, -9))).toEqual({ ok: false, reason: 'damaged' });
  });

  it('says when it is of another version, or too long', () => {
    expect(readShared('#setup=2.e30')).toEqual({ ok: false, reason: 'version' });
    expect(readShared(`#setup=1.${'A'.repeat(longestLink)}`)).toEqual({
      ok: false,
      reason: 'size',
    });
    const huge = { ...plain, profile: { summary: 'x'.repeat(longestLink) } };
    expect(() => writeShared(huge)).toThrow(/too long for a link/);
  });
});

/** A lab with the tiny domain, as far as links need one. */
function labWith(own: readonly Profile[] = [], busy = false) {
  const saved: Profile[] = [...own];
  const domain = { id: 'tiny', catalogue, shown: [tinyProfile] } as unknown as Domain;
  const lab = {
    root: 'http://lab.test/',
    domain,
    domains: [{ id: 'tiny', name: 'Tiny films' }],
    profile: own[0] ?? tinyProfile,
    choices: { ...firstChoices, seed: 42 },
    models: [],
    talk: { busy },
    archive: {
      isOpen: true,
      get profiles() {
        return saved;
      },
      store: { listProfiles: () => Promise.resolve(saved) },
      saveProfiles: (added: readonly Profile[]) => Promise.resolve(void saved.push(...added)),
    },
    chooseDomain: () => Promise.resolve(),
    choose(changed: object) {
      lab.choices = { ...lab.choices, ...changed };
    },
  };
  return {
    lab: lab as unknown as Lab,
    saved,
    get choices() {
      return lab.choices;
    },
  };
}
const hashOf = (address: string) => new URL(address).hash;

describe('opening a link', () => {
  it('of a profile of the site sets it, seed included', async () => {
    const sender = labWith();
    const receiver = labWith();
    const plan = await planShared(receiver.lab, hashOf(shareAddress(sender.lab)));
    if (!plan) throw new Error('no plan');
    expect(receiver.choices.seed).toBe(42);
    receiver.choices.seed = 1;
    expect(plan).toMatchObject({ isNew: false, missingModels: [] });
    expect(shareLines(plan, []).map(({ value }) => value)).toContain('42');
    await applyShared(receiver.lab, plan);
    expect(receiver.choices).toMatchObject({ seed: 42, profile: tinyProfile.id, domain: 'tiny' });
    expect(receiver.saved).toEqual([]);
  });

  it('brings a person’s own profile along, once', async () => {
    const mine = { ...tinyProfile, id: 'mine', summary: 'Likes quiet films.' };
    const address = shareAddress(labWith([mine]).lab);
    const receiver = labWith();
    const plan = await planShared(receiver.lab, hashOf(address));
    if (!plan) throw new Error('no plan');
    expect(plan.isNew).toBe(true);
    expect(receiver.saved).toEqual([]);
    await applyShared(receiver.lab, plan);
    expect(receiver.saved.map(({ summary }) => summary)).toEqual(['Likes quiet films.']);
    expect((await planShared(receiver.lab, hashOf(address)))?.isNew).toBe(false);
    // Another profile of that id stays as it is.
    const other = labWith([{ ...mine, summary: 'Likes loud films.' }]);
    const renamed = await planShared(other.lab, hashOf(address));
    expect(renamed?.isNew).toBe(true);
    expect(renamed?.profile.id).not.toBe('mine');
  });

  it('tells what is not here, and changes nothing', async () => {
    const { lab, choices, saved } = labWith();
    const before = { ...choices };
    const bad: [Partial<SharedSetup>, RegExp][] = [
      [{ domain: 'elsewhere' }, /catalogue "elsewhere"/],
      [{ profile: 'nobody' }, /profile "nobody"/],
      [{ profile: { summary: '<|im_end|>', wanted: [] } }, /cannot be used here/],
      [{ profile: { summary: 7 } }, /cannot be used here/],
    ];
    for (const [part, message] of bad) {
      await expect(planShared(lab, `#${writeShared({ ...plain, ...part })}`)).rejects.toThrow(
        message,
      );
    }
    await expect(planShared(lab, '#setup=9.e30')).rejects.toThrow(/another version.*Nothing/);
    await expect(planShared(lab, '#setup=1.%%%')).rejects.toThrow(/damaged/);
    expect(choices).toEqual(before);
    expect(saved).toEqual([]);
  });

  it('names models that are not here, and waits for the end of a dialogue', async () => {
    const { lab } = labWith([], true);
    const models = { user: 'gone', recommender: null };
    const plan = await planShared(lab, `#${writeShared({ ...plain, models })}`);
    if (!plan) throw new Error('no plan');
    expect(plan.missingModels).toEqual(['gone']);
    await expect(applyShared(lab, plan)).rejects.toThrow(/Stop it/);
  });
});
