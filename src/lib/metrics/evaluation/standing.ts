import type { MetricResult } from '../metric';
import { recommendationsOf } from '../recommendations';
import type { Dialogue } from '../../contracts/dialogue';
import type { Disqualification } from './types';

type Find = (id: string) => MetricResult | null;

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

function over(
  find: Find,
  rule: string,
  id: string,
  most: number,
  words: (found: string) => string,
  language = false,
): Disqualification[] {
  const value = find(id)?.value ?? null;
  if (value === null || value <= most) return [];
  return [{ rule, language, reason: `${words(percent(value))} (at most ${percent(most)})` }];
}

/** A user must be shown to tell what fits from what does not. */
const leastDiscrimination = 0.1;

function judgement(find: Find): Disqualification[] {
  const result = find('discrimination');
  if (result === null) return [];
  const { value, interval, reason } = result;
  if (value === null) {
    const why = reason ?? 'nothing was judged';
    return [
      {
        rule: 'judgement',
        language: false,
        reason: `whether its user judges is not known: ${why}`,
      },
    ];
  }
  const isShown = value >= leastDiscrimination && (interval === null || interval[0] > 0);
  if (isShown) return [];
  const range = interval === null ? '' : ` [${interval.map((end) => end.toFixed(2)).join(', ')}]`;
  return [
    {
      rule: 'judgement',
      language: false,
      reason:
        `its user accepts whether or not a recommendation fits: discrimination ${value.toFixed(2)}${range} ` +
        `(at least ${String(leastDiscrimination)}, and above 0)`,
    },
  ];
}

function recommending(dialogues: readonly Dialogue[]): Disqualification[] {
  if (dialogues.length === 0) return [];
  const share =
    dialogues.filter((dialogue) => recommendationsOf(dialogue).length > 0).length /
    dialogues.length;
  if (share >= 0.5) return [];
  return [
    {
      rule: 'recommending',
      language: false,
      reason: `it recommends something in ${percent(share)} of its dialogues (at least 50 %)`,
    },
  ];
}

/**
 * What bars a system from a rank: it was handed the targets, it hardly converses, it recommends nothing, its user
 * takes anything, or its turns are copies or repeats. Bounds are far from what people do: they catch what has
 * broken, they do not compare.
 */
export function disqualifications(
  dialogues: readonly Dialogue[],
  results: readonly MetricResult[],
): Disqualification[] {
  const find: Find = (id) => results.find((result) => result.id === id) ?? null;
  const roles = ['user', 'recommender'] as const;
  return [
    ...(dialogues.some(({ referenceDependent }) => referenceDependent)
      ? [{ rule: 'targets', language: false, reason: 'it was handed the hidden targets' }]
      : []),
    ...over(
      find,
      'degenerate',
      'degenerate-any',
      0.5,
      (found) => `${found} of its dialogues are degenerate`,
    ),
    ...recommending(dialogues),
    ...judgement(find),
    ...over(
      find,
      'leaks',
      'prompt-leak',
      0,
      (found) => `${found} of its dialogues leak a target into a prompt`,
    ),
    ...roles.flatMap((role) => [
      ...over(
        find,
        'copies',
        `copied-turns-${role}`,
        0.2,
        (found) => `${found} of its ${role}'s turns copy the other's`,
      ),
      ...over(
        find,
        'repeats',
        `repeated-turns-${role}`,
        0.2,
        (found) => `${found} of its ${role}'s turns repeat an earlier one`,
      ),
      ...sameEverywhere(find, `unique-turns-${role}`, role),
    ]),
  ];
}

const leastUnique = 0.3;

function sameEverywhere(find: Find, id: string, role: string): Disqualification[] {
  const value = find(id)?.value ?? null;
  if (value === null || value >= leastUnique) return [];
  return [
    {
      rule: 'templates',
      language: true,
      reason: `only ${percent(value)} of its ${role}'s turns differ (at least ${percent(leastUnique)})`,
    },
  ];
}

/** The same for single turns, which are not judged and do not end. */
export function singleTurnDisqualifications(results: readonly MetricResult[]): Disqualification[] {
  const find: Find = (id) => results.find((result) => result.id === id) ?? null;
  return [
    ...over(
      find,
      'copies',
      'turn-copied',
      0.2,
      (found) => `${found} of its turns copy the other's`,
    ),
    ...sameEverywhere(find, 'turn-unique', 'system'),
  ];
}
