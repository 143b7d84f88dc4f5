import type { Attribute } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import { profileAt } from '../../dialogue/steer';
import { sameAttribute } from '../../domain/attributes';
import { matchShare } from '../../profile/fit';
import type { MetricContext } from '../context';
import { alwaysHasWish, stretchesOf } from '../in-force';
import { defineMetric, type Metric } from '../metric';
import { countsOf, mean, pooled, ratio, type Quotient } from '../parts';
import { recommendationsOf } from '../recommendations';

/**
 * Of the attributes wanted in each of the user's turns, those that it has said by the end of it: the curve of
 * attribute coverage.
 */
export function attributesSaid(dialogue: Dialogue, { catalogue }: MetricContext): Quotient[] {
  const left = new Set<Attribute>(stretchesOf(dialogue).flatMap(({ profile }) => profile.wanted));
  return dialogue.turns.flatMap((turn, index): Quotient[] => {
    if (turn.role !== 'user') return [];
    for (const found of left.size === 0 ? [] : catalogue.findAttributes(turn.text)) {
      for (const wanted of left) if (sameAttribute(wanted, found)) left.delete(wanted);
    }
    const { wanted } = profileAt(dialogue, index);
    return [{ hits: wanted.filter((one) => !left.has(one)).length, of: wanted.length }];
  });
}

/** The same for a dialogue in which the user says nothing. */
export function noneSaid(dialogue: Dialogue): Quotient {
  return { hits: 0, of: profileAt(dialogue, 0).wanted.length };
}

function said(
  id: string,
  name: string,
  when: string,
  pick: (said: readonly Quotient[]) => Quotient | undefined,
): Metric {
  return defineMetric<Quotient>({
    id,
    name,
    formula: `wanted attributes that the user names ${when} / wanted attributes`,
    variant: 'attributes pooled, found in the text by words, synonyms and names',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: (dialogue, context) =>
      alwaysHasWish(dialogue)
        ? { part: pick(attributesSaid(dialogue, context)) ?? noneSaid(dialogue) }
        : { why: 'profile without a wanted attribute' },
    combine: pooled,
    counts: countsOf('wanted attributes'),
    undefinedBecause: 'No profile wants anything.',
  });
}

export const attributeMetrics: readonly Metric[] = [
  said('attributes-said', 'Attribute coverage', 'in the dialogue', (counts) => counts.at(-1)),
  said(
    'attributes-said-first',
    'Attribute coverage, first turn',
    'in its first turn',
    (counts) => counts[0],
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
      if (!alwaysHasWish(dialogue)) return { why: 'profile without a wanted attribute' };
      const shares = recommendationsOf(dialogue).map(({ item: id, turn }) => {
        const item = context.catalogue.byId(id);
        return item === null ? 0 : (matchShare(item, profileAt(dialogue, turn).wanted) ?? 0);
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
