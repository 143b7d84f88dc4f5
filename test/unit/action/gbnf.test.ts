import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/lib/domain/random';
import { accepts, readGrammar, sample } from './gbnf';

const grammar = readGrammar(
  'root ::= "a\\n" (b | "\\"\\\\") ("," b)?\nb ::= [^ \\x5B\\x5D] [^x]*\n',
);

describe('the test GBNF reader', () => {
  it('accepts what the grammar derives and nothing else', () => {
    expect(accepts(grammar, 'a\nq')).toBe(true);
    expect(accepts(grammar, 'a\n"\\')).toBe(true);
    expect(accepts(grammar, 'a\n"\\,y z')).toBe(true);
    expect(accepts(grammar, 'a\n映')).toBe(true);
    for (const wrong of ['', 'a', 'a\n', 'a\n[', 'a\n qx', 'b\nq', 'a\nqx'])
      expect(accepts(grammar, wrong), wrong).toBe(false);
  });

  it('samples only what it accepts', () => {
    const random = createRandom(7);
    for (let i = 0; i < 300; i++) {
      const text = sample(grammar, random);
      expect(accepts(grammar, text), text).toBe(true);
    }
  });

  it('refuses a grammar that names an unknown rule, or one rule twice', () => {
    expect(() => readGrammar('root ::= nowhere\n')).toThrow('nowhere');
    expect(() => readGrammar('root ::= "a"\nroot ::= "b"\n')).toThrow('twice');
  });
});
