import type { Role } from '../../contracts/action';
import type { Dialogue, Turn } from '../../contracts/dialogue';
import { defineMetric, type Metric, type MetricInfo } from '../metric';
import { countsOf, median, pooled, type Quotient } from '../parts';
import { countGrams } from '../text/bleu';
import { bareWords } from '../../domain/text';
import { countWords } from './normal';

/** Of a copied turn at least this share of its word 4-grams comes from what the other role had said. */
const copiedShare = 0.8;
/** A "Yes" may be anyone's. */
const fewestWords = 3;

/**
 * Whether a turn only says again what the other role has said before it: its words stand unbroken in one of
 * those turns, or four in five of its 4-grams come from them.
 */
export function isCopied(turns: readonly Turn[], index: number): boolean {
  const turn = turns[index];
  if (turn === undefined) return false;
  const said = bareWords(turn.text);
  const words = said.split(' ');
  if (words.length < fewestWords) return false;
  const earlier = turns
    .slice(0, index)
    .filter(({ role }) => role !== turn.role)
    .map(({ text }) => bareWords(text));
  if (earlier.some((text) => ` ${text} `.includes(` ${said} `))) return true;
  const grams = countGrams(words, 4);
  const known = new Set(earlier.flatMap((text) => [...countGrams(text.split(' '), 4).keys()]));
  const found = [...grams.keys()].filter((gram) => known.has(gram)).length;
  return grams.size > 0 && found / grams.size >= copiedShare;
}

function ownTurns({ turns }: Dialogue, role: Role): [index: number, turn: Turn][] {
  return [...turns.entries()].filter(([, turn]) => turn.role === role);
}

/** Turns of a role for which something holds / its turns, pooled. */
function shareOfTurns(
  role: Role,
  info: Pick<MetricInfo, 'id' | 'name' | 'formula' | 'variant'>,
  holds: (turns: readonly Turn[], index: number) => boolean,
): Metric {
  return defineMetric<Quotient>({
    ...info,
    id: `${info.id}-${role}`,
    name: `${info.name}, ${role}`,
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue) => {
      const own = ownTurns(dialogue, role);
      if (own.length === 0) return { why: `dialogue without a turn of the ${role}` };
      const hits = own.filter(([index]) => holds(dialogue.turns, index)).length;
      return { part: { hits, of: own.length } };
    },
    combine: pooled,
    counts: countsOf('turns'),
    undefinedBecause: `The ${role} says nothing.`,
  });
}

function length(role: Role): Metric[] {
  const words = (dialogue: Dialogue) =>
    ownTurns(dialogue, role).map(([, { text }]) => countWords(text));
  const shared = { source: 'our definition', unit: 'words', population: 'all' } as const;
  const undefinedBecause = `The ${role} says nothing.`;
  return [
    defineMetric<Quotient>({
      ...shared,
      id: `words-mean-${role}`,
      name: `Words a turn, ${role}`,
      formula: 'words / turns',
      variant: 'turns pooled, words between white space',
      observe: (dialogue) => {
        const counts = words(dialogue);
        const hits = counts.reduce((sum, count) => sum + count, 0);
        return { part: { hits, of: counts.length } };
      },
      combine: pooled,
      counts: countsOf('turns'),
      undefinedBecause,
    }),
    defineMetric<number>({
      ...shared,
      id: `words-dialogue-${role}`,
      name: `Words a dialogue, ${role}, median`,
      formula: 'median over dialogues of all words of the role',
      variant: 'words between white space',
      observe: (dialogue) => ({ part: words(dialogue).reduce((sum, count) => sum + count, 0) }),
      combine: median,
      undefinedBecause,
    }),
  ];
}

export const turnMetrics: readonly Metric[] = (['user', 'recommender'] as const).flatMap((role) => [
  ...length(role),
  shareOfTurns(
    role,
    {
      id: 'repeated-turns',
      name: 'Repeated turns',
      formula: 'turns that the role has said before in the dialogue / turns',
      variant: `of ${fewestWords} words or more, case and punctuation aside, turns pooled`,
    },
    (turns, index) => {
      const said = bareWords(turns[index]?.text ?? '');
      return (
        said.split(' ').length >= fewestWords &&
        turns.slice(0, index).some((past) => past.role === role && bareWords(past.text) === said)
      );
    },
  ),
  shareOfTurns(
    role,
    {
      id: 'copied-turns',
      name: 'Copied turns',
      formula: "turns that only say what the other role's earlier turns say / turns",
      variant: `of ${fewestWords} words or more; unbroken in one, or ${copiedShare} of its word 4-grams in any`,
    },
    isCopied,
  ),
]);
