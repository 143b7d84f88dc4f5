import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import {
  columnUses,
  guessMapping,
  type ColumnMapping,
  type TableRow,
} from '../../../src/lib/domain/column-mapping';
import { buildPack, type CatalogueDraft } from '../../../src/lib/domain/import-pack';
import { parsePack } from '../../../src/lib/domain/pack';
import { starterProfiles } from '../../../src/lib/profile/starter';

const people = ['Ann Lee', 'Bo van Dyk', 'Cy Marsh', 'Di Orr', 'Ed Poe'];
const moods = ['calm', 'loud', 'fast'];

function row(line: number, cells: Record<string, string | readonly string[]>): TableRow {
  return {
    line,
    cells: new Map(
      Object.entries(cells).map(([name, cell]) => [name, typeof cell === 'string' ? [cell] : cell]),
    ),
  };
}

const albums = Array.from({ length: 60 }, (_, i) =>
  row(i + 2, {
    album_id: `a${String(i)}`,
    Title: `Album of Day ${String(i)}`,
    artist: `${people[i % 5] ?? ''} ${String.fromCharCode(65 + (i % 26))}. Jr`,
    mood: i % 2 === 0 ? `${moods[i % 3] ?? ''}; live` : (moods[i % 3] ?? ''),
    released: `${String(1970 + (i % 40))}-03-01`,
    plays: String(i * 10),
    notes: `A long and rambling text about album number ${String(i)}, which nobody else has written so.`,
  }),
);
const columns = ['album_id', 'Title', 'artist', 'mood', 'released', 'plays', 'notes'];

function draft(mapping: readonly ColumnMapping[]): CatalogueDraft {
  return {
    name: 'Albums',
    language: 'en',
    words: { item: 'album', items: 'albums', consume: 'hear', consumed: 'heard' },
    licence: 'CC0-1.0',
    attribution: 'Made up',
    mapping,
  };
}

describe('guessMapping', () => {
  const mapping = guessMapping(columns, albums);
  const of = (column: string) => mapping.find((one) => one.column === column);

  it('knows what the columns are', () => {
    expect(mapping.map(({ use }) => use)).toEqual([
      'id',
      'title',
      'attribute',
      'attribute',
      'year',
      'popularity',
      'ignore',
    ]);
  });

  it('knows people from categories, and what stands between several values', () => {
    expect(of('artist')).toMatchObject({ kind: 'person', phrase: 'by {value}', separator: null });
    expect(of('mood')).toMatchObject({ kind: 'category', separator: ';', label: 'Mood' });
  });
});

describe('buildPack', () => {
  it('makes a catalogue that links and has decades', () => {
    const { pack, problem, problems } = buildPack(albums, draft(guessMapping(columns, albums)));
    expect([problem, problems]).toEqual([null, []]);
    if (!pack) return;
    const catalogue = createCatalogue(parsePack(pack));
    expect(catalogue.link('Do you have Album of Day 7?').map(({ item }) => item)).toEqual(['a7']);
    expect(catalogue.findAttributes('something calm from the 1980s')).toEqual([
      { type: 'attribute-2', value: 'calm' },
      { type: 'decade', value: '1980s' },
    ]);
    expect(catalogue.byId('a7')).toMatchObject({ year: 1977, popularity: 70 });
    const profiles = starterProfiles(catalogue);
    expect(profiles.length).toBeGreaterThan(0);
    expect(profiles.every(({ targets, anonymity }) => targets.length === 0 && anonymity > 0)).toBe(
      true,
    );
  });

  it('leaves out bad rows and tells them by line', () => {
    const bad = [
      row(90, { Title: '  ', mood: 'calm' }),
      row(91, { Title: 'Album of Day 1', released: '1971', album_id: 'other' }),
      row(92, { Title: 'x'.repeat(300) }),
      row(93, { Title: 'New', album_id: 'a3' }),
      row(94, { Title: 'Newer', mood: 'y'.repeat(100) }),
    ];
    const { pack, problems } = buildPack([...albums, ...bad], draft(guessMapping(columns, albums)));
    expect(pack?.items).toHaveLength(60);
    expect(problems.map(({ line }) => line)).toEqual([90, 91, 92, 93, 94]);
  });

  it('says what is missing', () => {
    expect(buildPack(albums, draft([])).problem).toMatch(/titles/);
    const [, title] = guessMapping(columns, albums);
    expect(buildPack(albums, draft(title ? [title] : [])).problem).toMatch(/attribute/);
  });

  it('answers any table under any mapping with a valid pack or a sentence', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('__proto__', '[x] | <|im_end|>', '1999', 'Ann Lee', ''),
    );
    const names = ['a', 'b', '__proto__'];
    const rows = fc.array(fc.tuple(cell, cell, cell), { maxLength: 12 });
    const uses = fc.tuple(...names.map(() => fc.constantFrom(...columnUses)));
    fc.assert(
      fc.property(rows, uses, (given, use) => {
        const table = given.map((cells, i) => ({
          line: i + 1,
          cells: new Map(names.map((name, j) => [name, [cells[j] ?? '']])),
        }));
        const mapping = guessMapping(names, table).map((one, i) => ({
          ...one,
          use: use[i] ?? one.use,
        }));
        const { pack, problem, problems } = buildPack(table, draft(mapping));
        expect(pack === null).toBe(problem !== null);
        if (pack) {
          expect(parsePack(JSON.parse(JSON.stringify(pack)))).toEqual(pack);
          expect(pack.items.length + problems.length).toBe(given.length);
        }
      }),
      { numRuns: 60, seed: 31 },
    );
  });
});
