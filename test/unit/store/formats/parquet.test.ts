import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../../../src/lib/store/formats/limits';
import { openParquet } from '../../../../src/lib/store/formats/parquet-read';
import { checkRuns } from '../../../../src/lib/store/formats/parquet-pages';
import { parquetPieces } from '../../../../src/lib/store/formats/parquet-write';
import { all, badLines, join, values } from './sources';

const columns = [
  { name: 'text', type: 'STRING' as const },
  { name: 'turn', type: 'INT32' as const },
];

async function written(rows: readonly (readonly (string | number | null)[])[]): Promise<Blob> {
  return new Blob([join(await all(parquetPieces(columns, rows, new Map([['licence', 'CC0']]))))]);
}

async function open(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>, limits = defaultLimits) {
  return openParquet(new Blob([bytes]), limits);
}

describe('Parquet', () => {
  it('gives back every table that it wrote, and its notes', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const row = fc.tuple(fc.option(text), fc.option(fc.integer({ min: -9, max: 9 })));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const file = await openParquet(await written(rows), defaultLimits);
        expect(file.columns).toEqual(['text', 'turn']);
        expect(file.notes.get('licence')).toBe('CC0');
        const found = values(await all(file.read()));
        expect(found.map(([, { text, turn }]) => [text ?? null, turn ?? null])).toEqual(rows);
        expect(found.map(([line]) => line)).toEqual(rows.map((_, i) => i + 1));
      }),
      { numRuns: 40, seed: 11 },
    );
  });

  it('reads many row groups, and nested lists', async () => {
    const rows = Array.from({ length: 1300 }, (_, i) => [`t${String(i % 7)}`, i] as const);
    const file = await openParquet(await written(rows), defaultLimits);
    const found = values(await all(file.read()));
    expect(found.map(([, { turn }]) => turn)).toEqual(rows.map(([, i]) => i));
    const data = [['Seeker: a', 'Recommender: b'], [], ['Seeker: c']];
    const schema = [
      { name: 'root', num_children: 1 },
      { name: 'dialogue', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
      { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
      { name: 'element', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' },
    ] as const;
    const nested = parquetWriteBuffer({
      columnData: [{ name: 'dialogue', data }],
      schema: [...schema],
    });
    const lists = values(await all((await open(nested)).read()));
    expect(lists.map(([, { dialogue }]) => dialogue)).toEqual(data);
  });

  it('refuses what unpacks to too much, holds too many rows or is cut off', async () => {
    const bytes = parquetWriteBuffer({
      columnData: [
        {
          name: 'text',
          data: Array.from({ length: 50 }, (_, i) => 'x'.repeat(20_000) + String(i)),
        },
      ],
    });
    expect(bytes.byteLength).toBeLessThan(200_000);
    const small = { ...defaultLimits, unpackedBytes: 500_000 };
    await expect(open(bytes, small).then((file) => all(file.read()))).rejects.toThrow(
      /unpacks to more/,
    );
    await expect(open(bytes, { ...defaultLimits, records: 10 })).rejects.toThrow(/claims 50 rows/);
    await expect(open(bytes.slice(0, 1000))).rejects.toThrow(/cut off/);
    await expect(open(bytes, { ...defaultLimits, fileBytes: 100 })).rejects.toThrow(/MiB/);
  });

  it('tells a row whose text is not UTF-8', async () => {
    const data = [
      new TextEncoder().encode('good'),
      new Uint8Array([0xff, 0xfe]),
      new TextEncoder().encode('too'),
    ];
    const bytes = parquetWriteBuffer({
      columnData: [{ name: 'text', data }],
      schema: [
        { name: 'root', num_children: 1 },
        { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED' },
      ],
    });
    const found = await all((await open(bytes)).read());
    expect(badLines(found)).toEqual([2]);
    expect(values(found)).toHaveLength(2);
  });

  it('refuses a run of a few bytes that claims a billion values', () => {
    const page = {
      version: 2 as const,
      values: 100,
      encoding: 8,
      isCompressed: false,
      levelBytes: { repetition: 0, definition: 0 },
    };
    const column = { repetitionLevel: 0, definitionLevel: 0, isBoolean: false };
    // Width 1, then a run of 2^30 times the value 0; and one of 100 times.
    const billion = new Uint8Array([1, 0x80, 0x80, 0x80, 0x80, 0x08, 0]);
    expect(() => checkRuns(billion, page, column)).toThrow(/more values than it has/);
    expect(() => checkRuns(new Uint8Array([1, 0xc8, 0x01, 0]), page, column)).not.toThrow();
    expect(() => checkRuns(billion, { ...page, encoding: 7 }, column)).toThrow(/encoding/);
  });

  it('takes no column for a prototype', async () => {
    const bytes = parquetWriteBuffer({ columnData: [{ name: '__proto__', data: ['x'] }] });
    await expect(open(bytes)).rejects.toThrow(/__proto__/);
  });

  it('answers any damage with a sentence, never with anything else', async () => {
    const source = new Uint8Array(
      await (
        await written(Array.from({ length: 60 }, (_, i) => [`text ${String(i % 9)}`, i]))
      ).arrayBuffer(),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(source.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bytes = source.slice();
          for (const [at, value] of changes) bytes[at] = value;
          try {
            const found = await all((await open(bytes)).read());
            expect(found.length).toBeLessThanOrEqual(60);
          } catch (reason) {
            expect(reason).toMatchObject({ code: 'bad-input' });
          }
        },
      ),
      { numRuns: 400, seed: 21 },
    );
  });
});
