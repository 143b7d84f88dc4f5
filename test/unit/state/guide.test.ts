import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseSamples } from '../../../src/cli/guide/choose';
import type { Dialogue } from '../../../src/lib/contracts/dialogue';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { parsePack } from '../../../src/lib/domain/pack';
import { titleSpans } from '../../../src/lib/metrics/title-in-text';
import { sampleKinds, sampleOf } from '../../../src/lib/state/guide';
import { guideView } from '../../../src/lib/state/views/guide';
import type { GuideView } from '../../../src/lib/ui/guide/view';

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../../static/${path}`, import.meta.url), 'utf8')) as unknown;
const films = createCatalogue(parsePack(read('domains/movies/catalogue.json')));
const record = {
  free: sampleOf(read('guide/free.json'), 'free'),
  dependent: sampleOf(read('guide/dependent.json'), 'dependent'),
};
const view = {
  free: guideView(record.free, films),
  dependent: guideView(record.dependent, films),
};

/** All that is marked before so many turns, in what the sides read. */
const marks = (shown: GuideView, turns: number) =>
  (shown.steps[turns]?.sights ?? [])
    .flatMap(({ messages }) => messages.flatMap(({ parts }) => parts))
    .flatMap(({ mark }) => mark ?? []);
const text = (shown: GuideView, turns: number, sight: number) =>
  (shown.steps[turns]?.sights[sight]?.messages ?? [])
    .map(({ parts }) => parts.map((part) => part.text).join(''))
    .join('\n');

describe('the sample dialogues of the guide', () => {
  it('are records of one person, with targets that the catalogue holds', () => {
    expect(record.free.profile).toEqual(record.dependent.profile);
    expect(record.free.targets).toEqual(record.dependent.targets);
    for (const kind of sampleKinds) {
      expect(view[kind].targets.length).toBeGreaterThan(0);
      expect(view[kind].steps).toHaveLength(view[kind].turns.length + 1);
    }
  });

  it('show no target to either side of the free one, and leaks in every view of the other', () => {
    view.free.steps.forEach((_, turns) => {
      expect(marks(view.free, turns)).not.toContain('leak');
    });
    expect(view.free.targets.every(({ isLeak }) => !isLeak)).toBe(true);
    view.dependent.steps.forEach((_, turns) => {
      expect(marks(view.dependent, turns)).toContain('leak');
    });
    expect(view.dependent.targets[0]).toMatchObject({ by: 'prompt', turn: 1, isLeak: true });
  });

  it('give the user its profile, and the recommender only what was said', () => {
    const { summary } = record.free.profile;
    expect(text(view.free, 0, 0)).toContain(summary);
    view.free.steps.forEach((_, turns) => {
      expect(text(view.free, turns, 1)).not.toContain(summary);
    });
    expect(text(view.free, 1, 1)).toContain(record.free.turns[0]?.text);
    // One model writes the other one: it has one view.
    expect(view.dependent.steps[0]?.sights.map(({ role, kind }) => [role, kind])).toEqual([
      ['both', 'exact'],
    ]);
  });

  it('are refused when they are damaged, or not what the page says of them', () => {
    expect(() => sampleOf({}, 'free')).toThrow(/damaged/);
    expect(() => sampleOf(record.dependent, 'free')).toThrow(/damaged/);
  });

  it('show a target that the user names first as a leak from then on', () => {
    const label = films.byId(record.free.targets[0] ?? '')?.label ?? '-';
    const [first, ...rest] = record.free.turns;
    if (!first) throw new Error('no turns');
    const item = record.free.targets[0] ?? '';
    const said = {
      ...first,
      text: `${label}!`,
      actions: [{ type: 'inform' as const, items: [item] }],
    };
    const told = guideView({ ...record.free, turns: [said, ...rest] }, films);
    expect(told.targets[0]).toMatchObject({ by: 'user', turn: 1, isLeak: true });
    expect(told.turns[0]?.parts).toEqual([{ text: label, mark: 'leak' }, { text: '!' }]);
    expect(marks(told, 0)).toEqual([]);
    expect(marks(told, 1)).toContain('leak');
  });
});

describe('titleSpans', () => {
  const film = (label: string) => {
    const item = films.byLabel(label);
    if (!item) throw new Error(`no ${label}`);
    return item;
  };

  it('finds whole titles, everyday ones by label or in quotes', () => {
    const found = (said: string, label: string) =>
      titleSpans(said, film(label)).map(({ start, end }) => said.slice(start, end));
    expect(found('I saw Rio Bravo (1959), and Rio Bravos.', 'Rio Bravo (1959)')).toEqual([
      'Rio Bravo (1959)',
    ]);
    expect(found('It was “It”, I mean It (2017). It!', 'It (2017)')).toEqual(['“It”', 'It (2017)']);
  });
});

describe('choosing the samples', () => {
  it('takes one of each kind of the same profile, or says what is missing', () => {
    const { free, dependent } = record;
    expect(chooseSamples([free], [dependent], null)).toEqual({ free, dependent });
    const long: Dialogue = { ...free, turns: Array.from({ length: 9 }, () => free.turns).flat() };
    expect(chooseSamples([long, free], [dependent], null).free).toBe(free);
    expect(() => chooseSamples([free], [free], null)).toThrow(/--dependent/);
    expect(() => chooseSamples([dependent], [dependent], null)).toThrow(/--free/);
    expect(() => chooseSamples([free], [{ ...dependent, profileId: 'x' }], null)).toThrow(
      /profile in common/,
    );
    expect(() => chooseSamples([free], [dependent], 'nobody')).toThrow(/"nobody"/);
  });
});
