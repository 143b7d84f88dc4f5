import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  csvLine,
  csvRecords,
  csvRows,
  guessDelimiter,
  inertCell,
  plainCell,
  type Delimiter,
} from '../../../../src/lib/store/formats/csv';
import { defaultLimits } from '../../../../src/lib/store/formats/limits';
import { all, badLines, linesOf, values } from './sources';

const cell = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom('', '"', 'a,b', 'a\nb', "'=1", '=cmd|x!A1', '+1', '-1', '@x', '\t', '＝1', ' a '),
);
const table = (columns: number) =>
  fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { maxLength: 8 });

function read(text: string, delimiter: Delimiter = ',') {
  return all(csvRows(linesOf(text), delimiter, defaultLimits));
}

describe('csv', () => {
  it('gives back every table that it wrote', async () => {
    await fc.assert(
      fc.asyncProperty(table(3), fc.constantFrom<Delimiter>(',', ';', '\t'), async (rows, mark) => {
        const plain = rows.map((row) => row.map((text) => text.replaceAll('\r', '')));
        const found = await read(plain.map((row) => csvLine(row, mark)).join(''), mark);
        expect(values(found).map(([, row]) => row.map(plainCell))).toEqual(plain);
        expect(badLines(found)).toEqual([]);
      }),
      { numRuns: 150, seed: 5 },
    );
  });

  it('writes no cell that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(cell, (text) => {
        expect(inertCell(text)).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
        expect(plainCell(inertCell(text))).toBe(text);
      }),
    );
  });

  it('tells broken rows by the line on which they begin', async () => {
    const found = await read('a,b\n1,"x\ny"\n"q"r,2\n3,"open\n4,5\n');
    expect(values(found)).toEqual([
      [1, ['a', 'b']],
      [2, ['1', 'x\ny']],
      [6, ['4', '5']],
    ]);
    expect(badLines(found)).toEqual([4, 5]);
  });

  it('reads rows under a header, by name', async () => {
    const found = await all(csvRecords(csvRows(linesOf('a,b\n1,2\n3\n'), ',', defaultLimits)));
    expect(values(found).map(([, row]) => [...row])).toEqual([
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ]);
    expect(badLines(found)).toEqual([3]);
    const twice = await all(csvRecords(csvRows(linesOf('a,a\n1,2\n'), ',', defaultLimits)));
    expect(badLines(twice)).toEqual([1]);
  });

  it('loses one row to a quotation mark that never closes', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${String(i)},b`);
    const found = await read(`a,b\n"open,b\n${rows.join('\n')}\n`);
    expect(badLines(found)).toEqual([2]);
    expect(values(found)).toHaveLength(5001);
  });

  it('guesses the delimiter', () => {
    expect(guessDelimiter('a;b;"c,d,e"')).toBe(';');
    expect(guessDelimiter('a\tb')).toBe('\t');
    expect(guessDelimiter('a')).toBe(',');
  });
});
