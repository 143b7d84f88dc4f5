import type { Turn } from '../../contracts/dialogue';
import { rescaled, type BertScore } from '../embedding/bert-score';
import { bertSignature, type EncoderInfo } from '../embedding/encoder';
import type { TurnScores } from '../embedding/score-turns';
import type { MetricInfo } from '../metric';
import { bareWords } from '../../domain/text';
import { isCopied } from '../language/turns';
import { combineBy } from '../combine';
import { sentenceBleu } from '../text/bleu';
import { spacedWords } from '../text/corpus';
import { pooledTurns, singleTurnMetric, type SingleTurnMetric } from './measure';
import type { SingleTurn } from './row';

const noText = { why: 'turn in which the person said nothing' };

/** Whether a system's turn only says what the other role had said. */
function copies({ role, hypothesis, context }: SingleTurn): boolean | null {
  if (!context) return null;
  const turns = [...context, { role, text: hypothesis.text }] as Turn[];
  return isCopied(turns, turns.length - 1);
}

export const textTurnMetrics: readonly SingleTurnMetric[] = [
  pooledTurns(
    {
      id: 'turn-bleu-4',
      name: 'BLEU-4 of single turns',
      formula: "mean over turns of BLEU-4 against the person's turn",
      variant: 'one reference, smoothing method 1, words between white space',
      source: 'Papineni et al. 2002; Chen and Cherry 2014',
      unit: 'score',
    },
    ({ hypothesis, reference }) => {
      const said = spacedWords(reference.text);
      if (said.length === 0) return noText;
      return { part: { hits: sentenceBleu([said], spacedWords(hypothesis.text)), of: 1 } };
    },
  ),
  pooledTurns(
    {
      id: 'turn-copied',
      name: 'Copied turns',
      formula: "turns that only say what the other role's earlier turns say / turns",
      variant: 'as in simulated dialogues',
      source: 'our definition',
      unit: 'share',
    },
    (row) => {
      const isCopy = copies(row);
      if (isCopy === null) return { why: 'turn whose context was not kept' };
      return { part: { hits: isCopy ? 1 : 0, of: 1 } };
    },
  ),
  singleTurnMetric<string>(
    {
      id: 'turn-unique',
      name: 'Unique turns',
      formula: 'different turns / turns',
      variant: 'case and punctuation aside',
      source: 'our definition',
      unit: 'share',
    },
    ({ hypothesis }) => ({ part: bareWords(hypothesis.text) }),
    {
      ...combineBy<readonly string[]>((groups) => {
        const all = groups.flat();
        return all.length === 0 ? null : new Set(all).size / all.length;
      }),
      // Turns drawn twice would look like repetition.
      sampler: () => () => null,
    },
  ),
];

type Scores = readonly (BertScore | null)[];

function bertMetric(
  scores: Scores,
  part: keyof BertScore,
  change: Pick<MetricInfo, 'id' | 'variant'> & { suffix?: string },
): SingleTurnMetric {
  const whose = part === 'precision' ? "system's" : "person's";
  return pooledTurns(
    {
      id: change.id,
      name: `BERTScore ${part === 'f1' ? 'F1' : part}${change.suffix ?? ''}`,
      formula:
        part === 'f1'
          ? '2 P R / (P + R), mean over turns'
          : `mean over turns of the mean greatest cosine of the ${whose} tokens to one of the other's`,
      variant: change.variant,
      source: 'Zhang et al. 2020',
      unit: 'score',
    },
    (_row, index) => {
      const score = scores[index];
      return score ? { part: { hits: score[part], of: 1 } } : noText;
    },
  );
}

/** BERTScore of single turns from scores computed before, one a row: the plain one, and F1 with idf and rescaled. */
export function bertTurnMetrics(
  { plain, idf }: TurnScores,
  encoder: EncoderInfo,
): readonly SingleTurnMetric[] {
  const { baseline } = encoder;
  const signature = (choice: { idf: boolean; isRescaled: boolean }) =>
    bertSignature(encoder, choice);
  const variant = signature({ idf: false, isRescaled: false });
  return [
    ...(['precision', 'recall', 'f1'] as const).map((part) =>
      bertMetric(plain, part, { id: `turn-bertscore-${part}`, variant }),
    ),
    bertMetric(idf, 'f1', {
      id: 'turn-bertscore-f1-idf',
      suffix: ', rare words weigh more',
      variant: signature({ idf: true, isRescaled: false }),
    }),
    ...(baseline
      ? [
          bertMetric(
            plain.map((score) => score && rescaled(score, baseline)),
            'f1',
            {
              id: 'turn-bertscore-f1-rescaled',
              suffix: ', rescaled',
              variant: signature({ idf: false, isRescaled: true }),
            },
          ),
        ]
      : []),
  ];
}
