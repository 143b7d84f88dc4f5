import type { RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { createAskedTogether } from './asked-together';
import { bagOf } from './bag';
import { createContentScorer } from './content-scores';
import { byScore, namedItems, namedLast } from './conversation';
import type { LearnedRanking } from './learned-file';
import type { Ranker } from './ranker';
import { readSignals, type Signals } from './signals';
import type { Statistics } from './statistics';
import { tasteOf } from './taste';

/** A conversation's vector: the weighted sum of the vectors of what was said. */
function contextOf(signals: Signals, learned: LearnedRanking): Float64Array {
  const { dimensions, inputs } = learned;
  const context = new Float64Array(dimensions);
  for (const { table, key, weight } of bagOf(signals)) {
    const { places, values } = inputs[table];
    const place = places.get(key);
    if (place === undefined) continue;
    for (let j = 0; j < dimensions; j++) {
      context[j] = (context[j] ?? 0) + weight * (values[place * dimensions + j] ?? 0);
    }
  }
  return context;
}

/**
 * Scores of the catalogue's items for what was said: content(i) + u v(i) + b(i), where u is the conversation's
 * vector, v an item's and b its bias, learned by the loss of the next recommendation (see models/ranker).
 */
export function createLearnedScorer(
  catalogue: Catalogue,
  statistics: Statistics,
  learned: LearnedRanking,
): (signals: Signals) => Float64Array {
  const content = createContentScorer(catalogue, statistics);
  const { dimensions, items, biases } = learned;
  const places = catalogue.items.map(({ id }) => items.places.get(id));
  return (signals) => {
    const scores = content.scores(tasteOf(signals));
    const context = contextOf(signals, learned);
    places.forEach((place, at) => {
      // An item that came after the ranker was taught is ranked by its content.
      if (place === undefined) return;
      let residual = biases[place] ?? 0;
      for (let j = 0; j < dimensions; j++) {
        residual += (context[j] ?? 0) * (items.values[place * dimensions + j] ?? 0);
      }
      scores[at] = (scores[at] ?? 0) + residual;
    });
    return scores;
  };
}

/** Ranks by content and by what was learned from recommendations of people; wishes count together. */
export function createLearnedRanker(
  catalogue: Catalogue,
  statistics: Statistics,
  learned: LearnedRanking,
): Ranker {
  const scoresOf = createLearnedScorer(catalogue, statistics, learned);
  const addTogether = createAskedTogether(catalogue);
  return {
    name: 'learned',
    version: learned.version,
    rank(view: RecommenderView, asked, k) {
      const signals = readSignals(view, catalogue);
      const scores = scoresOf(signals);
      addTogether(signals, scores);
      return namedLast(byScore(catalogue.items, scores), namedItems(view, asked), k);
    },
  };
}
