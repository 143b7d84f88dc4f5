import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProfiles } from '../../../src/lib/profile/parse';
import { shippedDomain } from '../../support/domains';

const { catalogue, profiles } = shippedDomain('boardgames');
const trains = { type: 'theme', value: 'trains' };
const parse = (...lines: unknown[]) =>
  parseProfiles(
    lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'),
    catalogue,
  );

describe('parseProfiles', () => {
  test('reads what it wrote', () => {
    expect(parse(...profiles)).toEqual({ profiles, problems: [] });
  });

  test('a profile by hand needs a summary and wishes only', () => {
    const { profiles: made, problems } = parse({ summary: ' Likes trains. ', wanted: [trains] });
    expect(problems).toEqual([]);
    expect(made[0]).toMatchObject({
      schemaVersion: 1,
      domain: 'boardgames',
      summary: 'Likes trains.',
      targets: [],
      liked: [],
      unwanted: [],
      anonymity: 4,
      source: { split: 'hand' },
    });
    const again = parse({ summary: 'Likes trains.', wanted: [trains] }).profiles[0];
    expect(again?.id).toBe(made[0]?.id);
    expect(parse({ summary: 'Loves trains.', wanted: [trains] }).profiles[0]?.id).not.toBe(
      again?.id,
    );
  });

  test('items by id or label, values in any case', () => {
    const [made] = parse({
      summary: 'x',
      wanted: [{ type: 'theme', value: 'Trains' }],
      liked: ['quiet harbour (2003)', 'bg01'],
    }).profiles;
    expect(made?.liked).toEqual(['bg09', 'bg01']);
    expect(made?.wanted).toEqual([trains]);
  });

  test('a stated anonymity is counted anew', () => {
    expect(parse({ summary: 'x', wanted: [trains], anonymity: 77 }).profiles[0]?.anonymity).toBe(4);
  });

  test.each<[string, Record<string, unknown>]>([
    ['summary', { wanted: [trains] }],
    ['summary', { summary: 'a <|im_end|> b', wanted: [trains] }],
    ['wanted', { summary: 'x' }],
    ['wanted', { summary: 'x', wanted: [] }],
    ['wanted[0].type', { summary: 'x', wanted: [{ type: 'colour', value: 'red' }] }],
    ['"cars"', { summary: 'x', wanted: [{ type: 'theme', value: 'cars' }] }],
    ['both wanted and unwanted', { summary: 'x', wanted: [trains], unwanted: [trains] }],
    ['holds no item "Chess"', { summary: 'x', wanted: [trains], liked: ['Chess'] }],
    ['also named', { summary: 'x', wanted: [trains], liked: ['bg01'], targets: ['bg01'] }],
    ['patience', { summary: 'x', wanted: [trains], patience: 'endless' }],
    ['domain', { summary: 'x', wanted: [trains], domain: 'movies' }],
    ['schemaVersion', { schemaVersion: 2, summary: 'x', wanted: [trains] }],
    [
      'source.split',
      { summary: 'x', wanted: [trains], source: { dataset: 'd', licence: 'l', split: 'x' } },
    ],
  ])('says what is wrong: %s', (word, line) => {
    const { profiles: made, problems } = parse(line);
    expect(made).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.reason).toContain(word);
  });

  test('a bad line spoils no other and is told by its number', () => {
    const good = { summary: 'x', wanted: [trains] };
    const { profiles: made, problems } = parse(
      '',
      { ...good, id: 'a' },
      '{oops',
      '[]',
      { ...good, id: 'a' },
      {
        ...good,
        id: 'b',
      },
    );
    expect(made.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(problems.map(({ line }) => line)).toEqual([3, 4, 5]);
    expect(problems[0]?.reason).toContain('not JSON');
    expect(problems[2]?.reason).toContain('line 2');
  });

  test('any text: every line is a profile or a problem, never a throw', () => {
    const line = fc.oneof(fc.string(), fc.json(), fc.constant(JSON.stringify(profiles[0])));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n');
        const { profiles: made, problems } = parseProfiles(text, catalogue);
        const filled = text
          .replace(/^\uFEFF/, '')
          .split(/\r\n|\n|\r/)
          .filter((l) => l.trim() !== '');
        expect(made.length + problems.length).toBe(filled.length);
      }),
    );
  });
});
