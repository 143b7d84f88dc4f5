import { describe, expect, test } from 'vitest';
import { LabError } from '../../../src/lib/contracts';
import { buildFilmPack } from '../../../src/lib/domain/film-pack';
import { splitYear } from '../../../src/lib/domain/film-source';

const film = (name: string, imdb: number, director = 'Ann Example') => ({
  name,
  imdb_id: `tt${String(imdb).padStart(7, '0')}`,
  genre: ['drama', 'talk-show'],
  director: [director],
  star: ['Bo Example'],
  plot: 'A secret sentence.',
});

/** Thirty films in order of year and number, so that a number tells its year. */
const regular = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [
    String(1000 + i),
    film(`Regular Fil${'m'.repeat(i + 1)} (${String(1960 + i)})`, 50_000 + 100 * i),
  ]),
);

function build(extra: Record<string, unknown>, mentions: [string, number][] = []) {
  return buildFilmPack({ ...regular, ...extra }, new Map(mentions));
}

const labels = (extra: Record<string, unknown>) =>
  build(extra).pack.items.map((item) => item.label);

describe('buildFilmPack', () => {
  test('keeps facts, never the plot, derives the decade, drops television genres', () => {
    const { pack } = build({});
    expect(JSON.stringify(pack)).not.toContain('secret');
    expect(pack.items.find(({ id }) => id === '1012')?.attributes).toEqual({
      genre: ['drama'],
      decade: ['1970s'],
      director: ['Ann Example'],
      star: ['Bo Example'],
    });
  });

  test('merges an undated entry into the dated one and adds their mentions', () => {
    const { pack, report } = build(
      { '1': film('Lone Wolf', 51_050), '2': film('The Lone Wolf (1970)', 51_050) },
      [
        ['1', 3],
        ['2', 4],
      ],
    );
    expect(report.merged).toBe(1);
    expect(report.mergedIds).toEqual({ '1': '2' });
    const item = pack.items.find(({ id }) => id === '2');
    expect(item).toMatchObject({
      label: 'The Lone Wolf (1970)',
      popularity: 7,
      aliases: ['Lone Wolf'],
    });
  });

  test('an undated short name is an alias, a numbered sequel is not', () => {
    const made = build({
      '1': film('Austere Rowers', 51_050),
      '2': film('Austere Rowers: Man of Oars (1970)', 51_050),
      '3': film('Austere Rowers 2: Man of Boats (1971)', 51_050),
    });
    expect(made.report.mergedIds).toEqual({ '1': '2' });
  });

  test('different films that were matched with one number: one keeps the facts', () => {
    const { pack } = build({
      '1': film('Quite Another (1999)', 51_050),
      '2': film('The Right One (1970)', 51_050),
    });
    const facts = (id: string) => pack.items.find((item) => item.id === id)?.attributes;
    expect(facts('1')).toEqual({ decade: ['1990s'] });
    expect(facts('2')?.director).toEqual(['Ann Example']);
  });

  test('a year far from those of its number means wrong facts', () => {
    const { pack } = build({ '1': film('Remade (2005)', 51_050) });
    expect(pack.items.find((item) => item.id === '1')?.attributes).toEqual({ decade: ['2000s'] });
  });

  test('two films of one title and year are told apart by their directors', () => {
    const made = labels({
      '1': film('Twin (1970)', 51_050, 'Cy One'),
      '2': film('Twin (1970)', 51_060, 'Di Two'),
    });
    expect(made).toEqual(expect.arrayContaining(['Twin (1970), Cy One', 'Twin (1970), Di Two']));
  });

  test('says which entry is malformed', () => {
    const broken = () => build({ '1': { imdb_id: 'tt1' } });
    expect(broken).toThrow(LabError);
    expect(broken).toThrow('"1"');
  });

  test('titles and years', () => {
    expect(splitYear('Heat  (1995)')).toEqual({ title: 'Heat', year: 1995 });
    expect(splitYear('Heat')).toEqual({ title: 'Heat', year: null });
  });
});
