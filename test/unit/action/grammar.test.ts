import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActionType, Role } from '../../../src/lib/contracts/action';
import { formatTurn } from '../../../src/lib/action/format';
import { actionGrammar, type ActionScope, type Leaves } from '../../../src/lib/action/grammar';
import { parseTurn } from '../../../src/lib/action/parser';
import { actionOrder, needsItem } from '../../../src/lib/action/rules';
import { createRandom } from '../../../src/lib/domain/random';
import { accepts, readGrammar, sample } from './gbnf';
import { canonicalActions, idOf, labels, spoken } from './labels';

const everything = new Set(labels.flatMap((label) => idOf(label) ?? []));
const scopes: fc.Arbitrary<ActionScope> = fc.record({
  role: fc.constantFrom<Role>('user', 'recommender'),
  slate: fc.integer({ min: 1, max: 3 }),
  leaves: fc.constantFrom<Leaves>('always', 'after-accept', 'never'),
  items: fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...labels), { maxLength: 5 }),
      fc.uniqueArray(fc.constantFrom(...labels), { maxLength: 3 }),
    )
    .map(([recommended, known]) => ({
      accept: recommended,
      reject: recommended,
      seen: recommended,
      ask: recommended,
      recommend: recommended,
      answer: known,
      inform: known,
    })),
});

/** What a grammar cannot rule out without growing with the square of its labels. */
const beyondGrammar = ['repeated-item', 'contradiction'];

const everyLabel = (role: Role): ActionScope => ({
  role,
  slate: 2,
  items: Object.fromEntries(
    actionOrder(role).map((type) => [type, labels]),
  ) as ActionScope['items'],
});

describe('actionGrammar', () => {
  it('derives only turns that the parser takes without a violation', () => {
    fc.assert(
      fc.property(scopes, fc.integer(), (scope, seed) => {
        const grammar = readGrammar(actionGrammar(scope));
        const random = createRandom(seed);
        for (let i = 0; i < 5; i++) {
          const raw = sample(grammar, random);
          const { actions, text, violations } = parseTurn(raw, {
            role: scope.role,
            resolve: idOf,
            recommended: everything,
          });
          expect(
            violations.filter(({ kind }) => !beyondGrammar.includes(kind)),
            raw,
          ).toEqual([]);
          expect(actions.length).toBeGreaterThan(0);
          expect(actions.length).toBeLessThanOrEqual(3);
          expect(text).not.toBe('');
          for (const { type, items } of actions) {
            const offered = (scope.items[type] ?? []).map(idOf);
            items?.forEach((item) => expect(offered).toContain(item));
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it('derives every canonical turn', () => {
    for (const role of ['user', 'recommender'] as const) {
      const grammar = readGrammar(actionGrammar(everyLabel(role)));
      fc.assert(
        fc.property(canonicalActions(role), spoken, (actions, text) => {
          expect(accepts(grammar, formatTurn(actions, text))).toBe(true);
        }),
        { numRuns: 300 },
      );
    }
  });

  it('holds the order, each type once, three at most, and the slate', () => {
    const user = readGrammar(actionGrammar(everyLabel('user')));
    const recommender = readGrammar(actionGrammar(everyLabel('recommender')));
    expect(accepts(user, '[reject: It (2017)] [inform]\nNo.')).toBe(true);
    for (const wrong of [
      '[inform] [reject: It (2017)]\nNo.',
      '[inform] [inform]\nNo.',
      '[seen: It (2017)] [reject: It (2017)] [inform] [ask]\nNo.',
      '[inform]\n',
      '[inform]\n No.',
      '[inform]\nNo.\nReally.',
      '[inform]\nNo [really].',
      '[inform] No.',
      'No.',
      '[recommend: It (2017)]\nNo.',
      '[accept]\nYes.',
      '[accept: Nothing (1900)]\nYes.',
    ]) {
      expect(accepts(user, wrong), wrong).toBe(false);
    }
    expect(accepts(recommender, '[recommend: It (2017) | Up (2009)]\nThese.')).toBe(true);
    expect(
      accepts(recommender, "[recommend: It (2017) | Up (2009) | Schindler's List (1993)]\nThese."),
    ).toBe(false);
  });

  it('does not offer an action whose item there is none for', () => {
    const grammar = readGrammar(actionGrammar({ role: 'user', slate: 2, items: {} }));
    const offered = actionOrder('user').filter((type) => accepts(grammar, `[${type}]\nHello`));
    expect(offered).toEqual(actionOrder('user').filter((type: ActionType) => !needsItem(type)));
  });

  it('lets a role leave as the scope has it', () => {
    const scope: ActionScope = { role: 'user', slate: 1, items: { accept: labels } };
    const turns = ['[bye]', '[chat] [bye]', '[accept: It (2017)] [inform] [bye]'];
    const left = (leaves?: Leaves) => {
      const grammar = readGrammar(actionGrammar({ ...scope, ...(leaves && { leaves }) }));
      expect(accepts(grammar, '[chat]\nHi.')).toBe(true);
      expect(accepts(grammar, '[accept: It (2017)] [chat]\nYes.')).toBe(true);
      return turns.filter((line) => accepts(grammar, `${line}\nGoodbye.`));
    };
    expect(left()).toEqual(turns);
    expect(left('always')).toEqual(turns);
    expect(left('after-accept')).toEqual(turns.slice(2));
    expect(left('never')).toEqual([]);
  });

  it('begins with one of the types that open a turn', () => {
    const scope: ActionScope = { role: 'user', slate: 1, items: {}, leaves: 'after-accept' };
    const grammar = (opens: readonly ActionType[]) =>
      readGrammar(actionGrammar({ ...scope, opens }));
    const asks = grammar(['inform', 'ask']);
    for (const line of ['[inform]', '[ask]', '[inform] [ask] [chat]'])
      expect(accepts(asks, `${line}\nHi.`)).toBe(true);
    for (const line of ['[chat]', '[bye]', '[ask] [bye]'])
      expect(accepts(asks, `${line}\nHi.`)).toBe(false);
    // The last type that may come without leaving: nothing follows it.
    expect(accepts(grammar(['chat', 'bye']), '[chat]\nHi.')).toBe(true);
    expect(accepts(grammar(['chat', 'bye']), '[chat] [bye]\nHi.')).toBe(false);
  });

  it('grows with the labels, not with their pairs', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => `Title ${String(i)} (2000)`);
    const size = (n: number) =>
      actionGrammar({ role: 'recommender', slate: 3, items: { recommend: many(n) } }).length;
    expect(size(2000) / size(1000)).toBeLessThan(2.1);
  });

  it('writes no rule that is never used', () => {
    for (const role of ['user', 'recommender'] as const) {
      const text = actionGrammar(everyLabel(role));
      for (const name of readGrammar(text).keys()) {
        if (name === 'root') continue;
        const uses = text
          .split('\n')
          .filter((line) => line.split(' ').slice(2).join(' ').includes(name));
        expect(uses.length, name).toBeGreaterThan(0);
      }
    }
  });
});
