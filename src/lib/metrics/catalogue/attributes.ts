import type { Attribute } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import { sameAttribute } from '../../domain/attributes';
import { matchShare } from '../../profile/fit';
import { hasWish, type MetricContext } from '../context';
import { defineMetric, type Metric } from '../metric';
import { countsOf, mean, pooled, ratio, type Quotient } from '../parts';
import { recommendationsOf } from '../recommendations';

/**
 * Wanted attributes that the user has said by the end of each of its turns, in [0, wanted]: the curve of
 * attribute coverage.
 */
export function attributesSaid(dialogue: Dialogue, { catalogue }: MetricContext): number[] {
  const left = new Set<Attribute>(dialogue.profile.wanted);
  const said: number[] = [];
  for (const turn of dialogue.turns) {
    if (turn.role !== 'user') continue;
    for (const found of left.size === 0 ? [] : catalogue.findAttributes(turn.text)) {
      for (const wanted of left) if (sameAttribute(wanted, found)) left.delete(wanted);
    }
    said.push(dialogue.profile.wanted.length - left.size);
  }
  return said;
}

function said(id: string, name: string, when: string, pick: (said: number[]) => number): Metric {
  return defineMetric<Quotient>({
    id,
    name,
    formula: `wanted attributes that the user names ${when} / wanted attributes`,
    variant: 'attributes pooled, found in the text by words, synonyms and names',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) =>
      hasWish(dialogue.profile)
        ? {
            part: {
              hits: pick(attributesSaid(dialogue, context)),
              of: dialogue.profile.wanted.length,
            },
          }
        : { why: 'profile without a wanted attribute' },
    combine: pooled,
    counts: countsOf('wanted attributes'),
    undefinedBecause: 'No profile wants anything.',
  });
}

export const attributeMetrics: readonly Metric[] = [
  said('attributes-said', 'Attribute coverage', 'in the dialogue', (counts) => counts.at(-1) ?? 0),
  said(
    'attributes-said-first',
    'Attribute coverage, first turn',
    'in its first turn',
    (counts) => counts[0] ?? 0,
  ),
  defineMetric<number>({
    id: 'match-attributes',
    name: 'Match Score by attributes',
    formula:
      'mean over recommended items of wanted attributes that the item has / wanted attributes',
    variant: 'ours, not the published Match Score; mean over dialogues; invented items have none',
    source: 'our definition',
    unit: 'score',
    population: 'ended',
    observe: (dialogue, context) => {
      if (!hasWish(dialogue.profile)) return { why: 'profile without a wanted attribute' };
      const shares = recommendationsOf(dialogue).map(({ item: id }) => {
        const item = context.catalogue.byId(id);
        return item === null ? 0 : (matchShare(item, dialogue.profile.wanted) ?? 0);
      });
      const part = ratio(
        shares.reduce((sum, share) => sum + share, 0),
        shares.length,
      );
      return part === null ? { why: 'dialogue without a recommendation' } : { part };
    },
    combine: mean,
    undefinedBecause: 'Nothing was recommended.',
  }),
];
