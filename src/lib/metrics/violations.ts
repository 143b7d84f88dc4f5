import type { Role, Violation } from '../contracts/action';
import type { Turn } from '../contracts/dialogue';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, yes, type Quotient } from './parts';

/** What each kind means; a kind that is missing here does not compile. */
const meanings: Record<Violation['kind'], string> = {
  unparsed: 'no action line can be read',
  'unknown-action': 'an action that the role does not have',
  'repeated-action': 'one action type twice',
  'missing-item': 'an action without the item it needs',
  'unknown-item': 'a title in the action line that the catalogue does not hold',
  'not-recommended': 'feedback on what was never recommended',
  'stray-title': 'a title in the text that is not of the actions and was not named before',
  'loose-line': 'an action line that is not written as it should be',
  'repeated-item': 'one item twice in an action',
  contradiction: 'contrary feedback on one item',
  'empty-text': 'nothing is said',
  'cut-off': 'the token limit was reached',
};

const kinds = Object.keys(meanings) as Violation['kind'][];

function has(turn: Turn, kind: Violation['kind'] | 'any'): boolean {
  return kind === 'any'
    ? turn.violations.length > 0
    : turn.violations.some((violation) => violation.kind === kind);
}

function perTurn(kind: Violation['kind'] | 'any', meaning: string, role: Role | null): Metric {
  const whose = role === null ? '' : `, ${role}`;
  return defineMetric<Quotient>({
    id: `violation-${kind}-turns${role === null ? '' : `-${role}`}`,
    name: `Turns with violation "${kind}"${whose}`,
    formula: `turns in which ${meaning} / turns`,
    variant: `turns pooled${role === null ? ', both roles' : `, the ${role}'s`}`,
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }) => {
      const own = turns.filter((turn) => role === null || turn.role === role);
      return { part: { hits: own.filter((turn) => has(turn, kind)).length, of: own.length } };
    },
    combine: pooled,
    counts: countsOf('turns'),
    undefinedBecause: 'There is no turn.',
  });
}

function perDialogue(kind: Violation['kind'] | 'any', meaning: string): Metric {
  return defineMetric<Quotient>({
    id: `violation-${kind}-dialogues`,
    name: `Dialogues with violation "${kind}"`,
    formula: `dialogues with a turn in which ${meaning} / dialogues`,
    variant: 'both roles',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }) => yes(turns.some((turn) => has(turn, kind))),
    combine: pooled,
    counts: countsOf('dialogues'),
    undefinedBecause: 'There is no dialogue.',
  });
}

const anything = 'the contract is broken in any way';

export const violationMetrics: readonly Metric[] = [
  perTurn('any', anything, null),
  perTurn('any', anything, 'user'),
  perTurn('any', anything, 'recommender'),
  perDialogue('any', anything),
  ...kinds.flatMap((kind) => [
    perTurn(kind, meanings[kind], null),
    perDialogue(kind, meanings[kind]),
  ]),
];
