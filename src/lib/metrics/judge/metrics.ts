import { defineMetric, type Metric, type Observation } from '../metric';
import { mean } from '../parts';
import { overallOf } from './controls';
import { judgeAspects, judgeInstructions, type JudgeAspect } from './instructions';
import type { Judged, JudgedDialogue } from './judge';

/**
 * What a judge without references said, as metrics: each aspect, and their mean. Computed only where a judge was asked.
 */
export function judgeMetrics({ info, dialogues }: Judged): readonly Metric[] {
  const byId = new Map(dialogues.map((one) => [one.dialogueId, one]));
  const wordings = judgeInstructions.relevance.length;
  const define = (
    id: string,
    what: string,
    pick: (judged: JudgedDialogue) => number | null,
  ): Metric =>
    defineMetric<number>({
      id: `judge-${id}`,
      name: `Judge without references, ${what}`,
      formula: `mean over turns of the score from 1 to 5 that a language model gives, over ${String(wordings)} wordings, half of them reversed`,
      variant:
        `unproven unless ratings of people in the same report say otherwise; ${info.model} on ${info.engine}, ` +
        `${info.how === 'expectation' ? 'expected digit' : 'digits drawn at temperature 1'}, instructions ${info.version}`,
      source: 'after FACE (Joko et al. 2025), with our own instructions',
      unit: 'score',
      population: 'all',
      observe: (dialogue): Observation<number> => {
        const judged = byId.get(dialogue.id);
        if (!judged) return { why: 'dialogue that was not judged' };
        const part = pick(judged);
        return part === null ? { why: 'dialogue of which no answer could be read' } : { part };
      },
      combine: mean,
      undefinedBecause: 'Nothing was judged.',
    });
  return [
    define('overall', 'overall', overallOf),
    ...judgeAspects.map((aspect: JudgeAspect) =>
      define(aspect, aspect, ({ scores }) => scores[aspect]),
    ),
  ];
}
