import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLines } from '../../../../src/lib/store/formats/byte-lines';
import {
  jsonDepth,
  jsonLines,
  jsonRecords,
  jsonValues,
} from '../../../../src/lib/store/formats/json';
import { defaultLimits } from '../../../../src/lib/store/formats/limits';
import { all, badLines, bytesOf, chunked, join, linesOf, values } from './sources';

describe('byteLines', () => {
  it('gives the same lines however the bytes are cut', async () => {
    const line = fc
      .string({ unit: 'grapheme', maxLength: 12 })
      .filter((s) => !/[\r\n\ufeff]/.test(s));
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.integer({ min: 1, max: 9 }), async (lines, size) => {
        const bytes = bytesOf(lines.map((text) => `${text}\n`).join(''));
        const found = await all(byteLines(chunked(bytes, size), defaultLimits));
        expect(values(found)).toEqual(lines.map((text, i) => [i + 1, text]));
      }),
      { numRuns: 60 },
    );
  });

  it('tells a line that is not UTF-8 and reads the next', async () => {
    const bytes = join([bytesOf('a\n'), new Uint8Array([0x61, 0xff, 0x0a]), bytesOf('c')]);
    const found = await all(byteLines([bytes], defaultLimits));
    expect(values(found)).toEqual([
      [1, 'a'],
      [3, 'c'],
    ]);
    expect(badLines(found)).toEqual([2]);
  });

  it('tells a line that is too long, whatever comes after', async () => {
    const found = await all(linesOf(`${'x'.repeat(50)}\nshort\n`, { recordLength: 10 }));
    expect(badLines(found)).toEqual([1]);
    expect(values(found)).toEqual([[2, 'short']]);
  });

  it('stops at the limit of bytes that were read, and refuses UTF-16', async () => {
    const endless = (function* () {
      for (;;) yield bytesOf('x\n'.repeat(500));
    })();
    await expect(all(byteLines(endless, { ...defaultLimits, fileBytes: 5000 }))).rejects.toThrow(
      /MiB/,
    );
    await expect(
      all(byteLines([new Uint8Array([0xff, 0xfe, 0x61, 0])], defaultLimits)),
    ).rejects.toThrow(/UTF-16/);
  });

  it('drops a byte order mark', async () => {
    expect(values(await all(linesOf('\ufeffa\r\nb')))).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });
});

describe('JSON', () => {
  it('counts brackets, those in strings left out', () => {
    expect(jsonDepth('{"a":[{"b":"[[[[{\\"{"}]}')).toBe(3);
  });

  it('reads lines, and tells those that are broken or too deep', async () => {
    const deep = '['.repeat(80) + ']'.repeat(80);
    const found = await all(jsonLines(linesOf(`{"a":1}\n\n{"a":\n${deep}\n2`), defaultLimits));
    expect(values(found)).toEqual([
      [1, { a: 1 }],
      [5, 2],
    ]);
    expect(badLines(found)).toEqual([3, 4]);
  });

  it('reads a list however it is laid out', async () => {
    const list = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(list, fc.constantFrom(0, 2), async (given, space) => {
        const found = await all(
          jsonValues(linesOf(JSON.stringify(given, null, space)), defaultLimits),
        );
        expect(values(found).map(([, value]) => value)).toEqual(
          JSON.parse(JSON.stringify(given)) as unknown,
        );
        expect(badLines(found)).toEqual([]);
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it('tells a broken element of a list by its line and reads the next', async () => {
    const text = '[\n  {"a": 1},\n  {"a": tru},\n  {"a": 3}\n]';
    const found = await all(jsonRecords(linesOf(text), defaultLimits));
    expect(values(found)).toEqual([
      [2, { a: 1 }],
      [4, { a: 3 }],
    ]);
    expect(badLines(found)).toEqual([3]);
  });

  it('tells a list that is cut off', async () => {
    expect(badLines(await all(jsonValues(linesOf('[\n{"a":1},\n{"b":'), defaultLimits)))).toEqual([
      3,
    ]);
    expect(badLines(await all(jsonValues(linesOf('[\n{"a":1}'), defaultLimits)))).toHaveLength(1);
  });

  it('knows a file of lines from one value laid out', async () => {
    const laidOut = await all(jsonRecords(linesOf('{\n "a": [\n 1 ]\n}\n{"b":2}'), defaultLimits));
    expect(values(laidOut)).toEqual([
      [1, { a: [1] }],
      [5, { b: 2 }],
    ]);
    const lines = await all(jsonRecords(linesOf('{"a":1}\nnope\n{"b":2}'), defaultLimits));
    expect(badLines(lines)).toEqual([2]);
    expect(values(lines)).toHaveLength(2);
  });
});
