import { describe, expect, test } from 'vitest';
import { buildProfiles, briefText, type BuildOptions } from '../../../src/lib/profile/build';
import { fits } from '../../../src/lib/profile/fit';
import { parseProfiles } from '../../../src/lib/profile/parse';
import type { FilmAnswer, RedialDialogue } from '../../../src/lib/profile/redial';
import { givesAway, sharesSeries } from '../../../src/lib/profile/series';
import { shippedDomain } from '../../support/domains';

const { catalogue } = shippedDomain('boardgames');
const options: BuildOptions = {
  seed: 1,
  dataset: 'Made Up',
  licence: 'none',
  splitOf: () => 'train',
  bounds: { least: 3, most: 15 },
};
const named: FilmAnswer = { suggested: false, seen: true, liked: true };
const accepted: FilmAnswer = { suggested: true, seen: false, liked: true };
const secret = 'A sentence of the source.';

function dialogue(
  id: string,
  answers: Record<string, FilmAnswer>,
  bySeeker: (item: string) => boolean = (item) => !answers[item]?.suggested,
): RedialDialogue {
  return {
    id,
    seeker: 's',
    recommender: 'r',
    turns: Object.keys(answers).map((item) => ({
      bySeeker: bySeeker(item),
      text: secret,
      films: [item],
      message: null,
    })),
    names: new Map(),
    answers: new Map(Object.entries(answers)),
  };
}

const many = Array.from({ length: 40 }, (_, i) =>
  dialogue(String(i), {
    bg09: named,
    bg13: named,
    bg04: { ...named, liked: false },
    bg19: accepted,
  }),
);

describe('buildProfiles', () => {
  const { profiles } = buildProfiles(many, catalogue, options);

  test('every profile keeps its promises', () => {
    expect(profiles.length).toBeGreaterThan(20);
    for (const profile of profiles) {
      expect(profile.anonymity).toBeGreaterThanOrEqual(3);
      expect(profile.anonymity).toBeLessThanOrEqual(15);
      expect(profile.targets).toEqual(['bg19']);
      const target = catalogue.byId('bg19');
      expect(target !== null && fits(target, profile)).toBe(true);
      expect(profile.liked.every((id) => ['bg09', 'bg13'].includes(id))).toBe(true);
      expect(profile.disliked.every((id) => id === 'bg04')).toBe(true);
      for (const id of [...profile.liked, ...profile.disliked]) {
        expect(profile.summary).toContain(catalogue.byId(id)?.label);
      }
      expect(JSON.stringify(profile)).not.toContain(secret);
      expect(profile.summary).not.toMatch(/[{}]|undefined|\s\s/);
    }
  });

  test('they read back as they were written', () => {
    const text = profiles.map((profile) => JSON.stringify(profile)).join('\n');
    expect(parseProfiles(text, catalogue)).toEqual({ profiles, problems: [] });
  });

  test('the same seed repeats, another differs, summaries vary', () => {
    expect(buildProfiles(many, catalogue, options).profiles).toEqual(profiles);
    expect(buildProfiles(many, catalogue, { ...options, seed: 2 }).profiles).not.toEqual(profiles);
    expect(new Set(profiles.map(({ summary }) => summary)).size).toBeGreaterThan(
      profiles.length / 2,
    );
  });

  test('a profile does not depend on the other dialogues', () => {
    expect(buildProfiles(many.slice(5, 6), catalogue, options).profiles[0]).toEqual(
      profiles.find(({ source }) => source.dialogueId === '5'),
    );
  });

  test("a liked item of a target's series is not named", () => {
    const series = Array.from({ length: 20 }, (_, i) =>
      dialogue(`s${String(i)}`, { bg21: named, bg09: named, bg22: accepted }),
    );
    const built = buildProfiles(series, catalogue, options).profiles;
    expect(built.length).toBeGreaterThan(0);
    for (const profile of built) {
      expect(profile.liked).not.toContain('bg21');
      expect(profile.summary).not.toContain('Dragon Clerk');
    }
  });

  test('tells why a dialogue gave none', () => {
    const none = [
      dialogue('a', { bg19: accepted }),
      dialogue('b', { bg09: named }),
      dialogue('c', { bg09: named, bg19: accepted }, () => true),
      dialogue('d', { bg09: { ...named, seen: false }, bg19: accepted }),
    ];
    const { unused } = buildProfiles(none, catalogue, options);
    expect(unused).toEqual({ 'no-liked': 2, 'no-target': 2, 'no-wishes': 0, 'names-target': 0 });
  });
});

describe('the shown profiles', () => {
  const { catalogue: films, profiles } = shippedDomain('movies');

  test('are enough, unique, of the shown split, at 20 to 300', () => {
    expect(profiles.length).toBeGreaterThanOrEqual(200);
    expect(new Set(profiles.map(({ id }) => id)).size).toBe(profiles.length);
    expect(new Set(profiles.map(({ source }) => source.split))).toEqual(new Set(['shown']));
    for (const { anonymity } of profiles) {
      expect(anonymity).toBeGreaterThanOrEqual(20);
      expect(anonymity).toBeLessThanOrEqual(300);
    }
    const summaries = new Set(profiles.map(({ summary }) => summary));
    expect(summaries.size).toBeGreaterThan(0.98 * profiles.length);
  });

  test('every target fits and is given away by nothing that the user simulator reads', () => {
    for (const profile of profiles) {
      expect(profile.targets.length).toBeGreaterThan(0);
      const text = briefText(profile, films);
      for (const id of profile.targets) {
        const target = films.byId(id);
        if (target === null) throw new Error(`no item ${id}`);
        expect(fits(target, profile)).toBe(true);
        expect(`${profile.id}: ${String(givesAway(text, target))}`).toBe(`${profile.id}: false`);
        for (const named of [...profile.liked, ...profile.disliked]) {
          const item = films.byId(named);
          expect(item !== null && sharesSeries(item, target)).toBe(false);
        }
        const linked = films.link(text).flatMap(({ item, homonyms }) => [item, ...homonyms]);
        expect(linked).not.toContain(id);
      }
    }
  });
});
