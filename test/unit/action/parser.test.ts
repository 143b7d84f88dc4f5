import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../src/lib/contracts/action';
import { formatTurn } from '../../../src/lib/action/format';
import { parseTurn, type ParseContext } from '../../../src/lib/action/parser';
import { canonicalActions, idOf, labels, spoken } from './labels';

const everything = new Set(labels.flatMap((label) => idOf(label) ?? []));
const context = (role: Role, recommended: ReadonlySet<string> = everything): ParseContext => ({
  role,
  resolve: idOf,
  recommended,
});
const kinds = (raw: string, role: Role = 'user', recommended?: ReadonlySet<string>) =>
  parseTurn(raw, context(role, recommended)).violations.map(({ kind }) => kind);

const roles = fc.constantFrom<Role>('user', 'recommender');
/** Text near the notation, where a parser breaks if it breaks anywhere. */
const nearlyActions = fc
  .array(
    fc.constantFrom(
      '[',
      ']',
      '\n',
      ' ',
      ':',
      '|',
      'accept',
      'recommend',
      'It (2017)',
      'bye',
      'x',
      '\t',
      '\r',
    ),
    { maxLength: 25 },
  )
  .map((pieces) => pieces.join(''));

describe('parseTurn', () => {
  it('takes any text without a throw, and keeps its own promises', () => {
    fc.assert(
      fc.property(roles, fc.oneof(fc.string({ unit: 'binary' }), nearlyActions), (role, raw) => {
        const { actions, text, violations } = parseTurn(raw, context(role));
        expect(new Set(actions.map(({ type }) => type)).size).toBe(actions.length);
        for (const { items } of actions) {
          if (items) expect(new Set(items).size).toBe(items.length);
          expect(items).not.toEqual([]);
        }
        expect(text).toBe(text.trim());
        expect(raw).toContain(text);
        const found = violations.map(({ kind }) => kind);
        expect(found.includes('empty-text')).toBe(text === '');
        if (found.includes('unparsed')) expect(actions).toEqual([]);
        // Whatever has no action must say so.
        if (actions.length === 0) {
          expect(found.some((kind) => kind === 'unparsed' || kind === 'unknown-action')).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads back what formatTurn writes, without a violation', () => {
    const turns = roles.chain((role) =>
      fc.tuple(fc.constant(role), canonicalActions(role), spoken),
    );
    fc.assert(
      fc.property(turns, ([role, actions, text]) => {
        const contrary =
          role === 'user' &&
          actions
            .find(({ type }) => type === 'accept')
            ?.items?.some((item) =>
              actions.find(({ type }) => type === 'reject')?.items?.includes(item),
            );
        fc.pre(contrary !== true);
        const parsed = parseTurn(formatTurn(actions, text), context(role));
        expect(parsed.text).toBe(text);
        expect(parsed.actions).toEqual(
          actions.map(({ type, items }) =>
            items === undefined ? { type } : { type, items: items.map(idOf) },
          ),
        );
        expect(parsed.violations).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('turns an output without an action line into text', () => {
    const parsed = parseTurn('I like horror. [accept: It (2017)]', context('user'));
    expect(parsed).toEqual({
      actions: [],
      text: 'I like horror. [accept: It (2017)]',
      violations: [{ kind: 'unparsed' }],
    });
  });

  it('names each way of breaking the contract', () => {
    expect(kinds('[inform]\nHello')).toEqual([]);
    expect(kinds('[dance]\nHello')).toEqual(['unknown-action']);
    expect(kinds('[recommend: It (2017)]\nHello')).toContain('unknown-action');
    expect(kinds('[accept: It (2017)]\nYes', 'recommender')).toContain('unknown-action');
    expect(kinds('[inform] [inform]\nHello')).toContain('repeated-action');
    expect(kinds('[accept]\nYes')).toEqual(['missing-item']);
    expect(kinds('[accept: Nothing (1900)]\nYes')).toEqual(['unknown-item', 'missing-item']);
    expect(kinds('[accept: It (2017)]\nYes', 'user', new Set())).toEqual(['not-recommended']);
    expect(kinds('[reject: It (2017) | It (2017)]\nNo')).toEqual(['repeated-item']);
    expect(kinds('[reject: It (2017)] [accept: It (2017)]\nWell')).toEqual(['contradiction']);
    expect(kinds('[seen: It (2017)] [reject: It (2017)]\nSeen it')).toEqual([]);
    expect(kinds('[inform]\n')).toEqual(['empty-text']);
    expect(kinds('')).toEqual(['unparsed', 'empty-text']);
  });

  it('tells a line that can be read from one that is written as it should be', () => {
    for (const loose of [
      '[inform] Hello',
      '[INFORM]\nHello',
      ' [inform]\nHello',
      '[inform][ask]\nHello',
      '[ask] [inform]\nHello',
      '[inform] \nHello',
      '[inform: ]\nHello',
      '[seen: It (2017)] [inform] [ask] [chat]\nHello',
    ]) {
      expect(kinds(loose), loose).toEqual(['loose-line']);
    }
  });

  it('keeps brackets on a later line as talk', () => {
    const parsed = parseTurn('[inform]\n[ask] is what I would write', context('user'));
    expect(parsed.actions).toEqual([{ type: 'inform' }]);
    expect(parsed.text).toBe('[ask] is what I would write');
  });
});
