import type { ItemId } from '../contracts/catalogue';
import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';
import { defineMetric, type Metric } from './metric';
import { countsOf, pooled, type Quotient } from './parts';
import { itemsOf, recommendationsOf, type Recommendation } from './recommendations';

type Fault = (
  dialogue: Dialogue,
  recommendation: Recommendation,
  context: MetricContext,
) => boolean;

function hadFeedback(type: 'reject' | 'seen'): Fault {
  return (dialogue, { turn, item }) =>
    dialogue.turns
      .slice(0, turn)
      .some((past) => past.role === 'user' && itemsOf(past, type).includes(item));
}

const isKnown = ({ profile }: Dialogue, item: ItemId): boolean =>
  profile.liked.includes(item) || profile.disliked.includes(item);

const faults: readonly [id: string, name: string, what: string, Fault][] = [
  [
    'repeated',
    'Repeated recommendations',
    'were recommended before',
    (dialogue, { turn, item }) =>
      recommendationsOf(dialogue).some((past) => past.item === item && past.turn < turn),
  ],
  ['rejected', 'Rejected items again', 'the user had rejected', hadFeedback('reject')],
  ['seen', 'Seen items again', 'the user had said to know', hadFeedback('seen')],
  [
    'known',
    'Items of the history',
    "are among the profile's liked or disliked, told or not",
    (dialogue, { item }) => isKnown(dialogue, item),
  ],
  [
    'invented',
    'Invented items',
    'are not in the catalogue',
    (_dialogue, { item }, { catalogue }) => catalogue.byId(item) === null,
  ],
];

export const faithfulnessMetrics: readonly Metric[] = [
  ...faults.map(([id, name, what, isFault]) =>
    defineMetric<Quotient>({
      id: `recommended-${id}`,
      name,
      formula: `recommended items that ${what} / recommended items`,
      variant: 'recommendations pooled, by their actions',
      source: 'our definition',
      unit: 'share',
      population: 'all',
      observe: (dialogue, context) => {
        const all = recommendationsOf(dialogue);
        const hits = all.filter((item) => isFault(dialogue, item, context)).length;
        return { part: { hits, of: all.length } };
      },
      combine: pooled,
      counts: countsOf('recommended items'),
      undefinedBecause: 'Nothing was recommended.',
    }),
  ),
  defineMetric<Quotient>({
    id: 'stray-titles',
    name: 'Stray titles',
    formula:
      "titles in the recommender's texts that are neither its actions' nor named before / its titles",
    variant: 'mentions pooled; a title outside of the catalogue is not seen',
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }) => {
      const mentions = turns.flatMap((turn) => (turn.role === 'recommender' ? turn.mentions : []));
      const hits = mentions.filter(({ kind }) => kind === 'stray').length;
      return { part: { hits, of: mentions.length } };
    },
    combine: pooled,
    counts: countsOf('titles'),
    undefinedBecause: 'The recommender named no title.',
  }),
];
