import type { Item, ItemId } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { Catalogue } from '../../domain/catalogue';
import { createRandom, deriveSeed, shuffled } from '../../domain/random';
import { stretchesOf, targetsAt } from '../in-force';
import { defineMetric, type Metric, type Observation } from '../metric';
import { mean } from '../parts';
import { recommendationsOf, type Recommendation } from '../recommendations';
import type { EncoderInfo } from './encoder';
import { matchScore } from './similarity';

/** How many items chance is measured with. */
const chanceItems = 100;

export type ItemVectors = ReadonlyMap<ItemId, Float32Array>;

/** What an item's vector is made from: title and year, genres, people; the facts of its card. */
export function itemText(item: Item, catalogue: Catalogue): string {
  const facts = catalogue.pack.attributeTypes.map(({ id, label }) => {
    const values = item.attributes[id] ?? [];
    return values.length === 0 ? '' : `${label}: ${values.join(', ')}.`;
  });
  return [`${item.label}.`, ...facts].filter((part) => part !== '').join(' ');
}

/** Items of which the metrics below need vectors. */
export function itemsToEncode(
  dialogues: readonly Dialogue[],
  catalogue: Catalogue,
  seed: number,
): Item[] {
  const ids = new Set<ItemId>(chanceSample(catalogue, seed));
  for (const dialogue of dialogues) {
    for (const { targets } of stretchesOf(dialogue)) for (const target of targets) ids.add(target);
    for (const { item } of recommendationsOf(dialogue)) ids.add(item);
  }
  return [...ids].flatMap((id) => catalogue.byId(id) ?? []);
}

function chanceSample({ items }: Catalogue, seed: number): ItemId[] {
  const random = createRandom(deriveSeed('match-chance', seed));
  return shuffled(
    items.map(({ id }) => id),
    random,
  ).slice(0, chanceItems);
}

/** Match Score by embeddings, and what items drawn at random would get. */
export function matchScoreMetrics(
  vectors: ItemVectors,
  encoder: EncoderInfo,
  seed: number,
): readonly Metric[] {
  const vectorsOf = (ids: readonly ItemId[]) => ids.flatMap((id) => vectors.get(id) ?? []);
  const score = (
    id: string,
    name: string,
    which: string,
    pick: (dialogue: Dialogue, catalogue: Catalogue) => readonly Recommendation[],
  ): Metric =>
    defineMetric<number>({
      id,
      name,
      formula: `mean over ${which} of the greatest cosine of its vector to a hidden target's`,
      variant:
        `ours, not the published Match Score; mean over dialogues; ${encoder.id}, ${encoder.precision}, ` +
        'title, year, genres and people',
      source: 'our definition',
      unit: 'score',
      population: 'ended',
      observe: (dialogue, { catalogue }): Observation<number> => {
        if (stretchesOf(dialogue).every(({ targets }) => vectorsOf(targets).length === 0))
          return { why: 'dialogue without a hidden target in the catalogue' };
        const scores = pick(dialogue, catalogue).flatMap(
          ({ item, turn }) =>
            matchScore(vectorsOf([item]), vectorsOf(targetsAt(dialogue, turn))) ?? [],
        );
        const part = mean.of(scores);
        return part === null ? { why: 'dialogue without a recommendation' } : { part };
      },
      combine: mean,
      undefinedBecause: 'Nothing was recommended.',
    });
  return [
    score('match-score', 'Match Score', 'recommended items', recommendationsOf),
    score(
      'match-score-first',
      'Match Score, first turn',
      'items of the first recommending turn',
      (dialogue) => {
        const all = recommendationsOf(dialogue);
        return all.filter(({ turn }) => turn === all[0]?.turn);
      },
    ),
    score(
      'match-score-chance',
      'Match Score of chance',
      `${String(chanceItems)} items drawn at random`,
      (dialogue, catalogue) =>
        stretchesOf(dialogue).flatMap(({ from }) =>
          chanceSample(catalogue, seed).map((item) => ({ item, turn: from })),
        ),
    ),
  ];
}
