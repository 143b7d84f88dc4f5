import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanText } from '../../../src/lib/prompt/clean';

const hostile = fc
  .array(
    fc.constantFrom(
      '<|',
      '|>',
      'im_end',
      '<|im_start|>',
      '<',
      '|',
      '>',
      '\n',
      '\r',
      '\t',
      '\0',
      'a',
      ' ',
      '\u2028',
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

describe('cleanText', () => {
  it('leaves one trimmed line without special tokens, whatever comes in', () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: 'binary' })), (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\n\r\u2028\u2029\p{Cc}]/u);
        expect(clean).not.toMatch(/<\|[^|<>]*\|>/);
        expect(clean).toBe(clean.trim());
        expect(cleanText(clean)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps ordinary text as it is', () => {
    for (const text of [
      'I liked Up (2009), 8/10 & more.',
      '$& $$ <3 a|b',
      '映画はいい',
      'a > b < c',
    ]) {
      expect(cleanText(text)).toBe(text);
    }
  });
});
