import { judgesRoleSwap } from '../dialogue/foreign-speech';
import { gates, type Gate } from './gates';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, yes, type Quotient } from './parts';

const meanings: Record<Gate, string> = {
  'too-short': 'fewer than three turns',
  runaway: 'a turn cut off at the token limit or of more than 120 words',
  repeat: 'a turn of three words or more that its role has said before',
  'role-swap': "a turn that speaks in the other role's phrases",
  unparsed: 'a turn without a readable action line',
  empty: 'a turn that says nothing',
};

function gate(id: Gate | 'any', meaning: string): Metric {
  return defineMetric<Quotient>({
    id: `degenerate-${id}`,
    name: `Degenerate dialogues: ${id}`,
    formula: `dialogues with ${meaning} / dialogues`,
    variant: id === 'role-swap' ? 'English phrases, a heuristic' : 'by rule',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) => {
      if (id === 'role-swap' && !judgesRoleSwap(context.catalogue.pack.language)) {
        return { why: 'dialogue in a language whose phrases are not known' };
      }
      const found = context.gates(dialogue);
      return yes(id === 'any' ? found.size > 0 : found.has(id));
    },
    combine: pooled,
    counts: countsOf('dialogues'),
    undefinedBecause: 'There is no dialogue.',
  });
}

export const degeneracyMetrics: readonly Metric[] = [
  gate('any', 'any of the faults below'),
  ...gates.map((id) => gate(id, meanings[id])),
];
