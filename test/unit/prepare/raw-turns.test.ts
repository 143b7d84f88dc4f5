import { describe, expect, it } from 'vitest';
import { readRawTurns } from '../../../src/cli/prepare/raw-turns';
import { catalogue } from './fixtures';

const read = (turn: unknown) => readRawTurns([JSON.stringify(turn)], catalogue)[0];

describe('turns that a model wrote', () => {
  it('are read by the parser of the program', () => {
    expect(
      read({ role: 'recommender', raw: '[recommend: Brackenmoor Nights (2011)]\nThis?' }),
    ).toEqual({ types: ['recommend'], violations: [] });
    expect(read({ role: 'recommender', raw: '[recommend: No Such Film (1950)]\n' })).toEqual({
      types: ['recommend'],
      violations: ['unknown-item', 'missing-item', 'empty-text'],
    });
    expect(read({ role: 'user', raw: 'I like it' })?.violations).toEqual(['unparsed']);
    expect(read({ role: 'user', raw: '[inform] I like it' })?.violations).toEqual(['loose-line']);
  });

  it('may give feedback on what was named, where the dialogue is given', () => {
    const raw = '[accept: Brackenmoor Nights (2011)]\nYes.';
    expect(read({ role: 'user', raw })?.violations).toEqual([]);
    const named = 'How about Brackenmoor Nights (2011)?';
    expect(read({ role: 'user', raw, named })?.violations).toEqual([]);
    expect(read({ role: 'user', raw, named: 'Hello!' })?.violations).toEqual(['not-recommended']);
  });

  it.each([
    '{',
    '{"role":"both","raw":""}',
    '{"role":"user"}',
    '{"role":"user","raw":"","named":1}',
  ])('are refused when they are none: %s', (line) => {
    const good = JSON.stringify({ role: 'user', raw: '[bye]\nBye.' });
    expect(() => readRawTurns([good, line], catalogue)).toThrow(/Line 2/);
  });
});
