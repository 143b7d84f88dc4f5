import type { Catalogue } from '../domain/catalogue';
import { createRandom, deriveSeed, shuffled } from '../domain/random';
import { namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';

/**
 * A random order, another one for every conversation and turn: one order for all dialogues of a run would be one
 * draw, however many dialogues. The same seed and utterances give the same order.
 */
export function createRandomRanker(catalogue: Catalogue, seed: number): Ranker {
  const ids = catalogue.items.map((item) => item.id);
  return {
    name: 'random',
    rank(view, asked, k) {
      const random = createRandom(
        deriveSeed('random-ranker', seed, ...view.turns.map(({ text }) => text)),
      );
      return namedLast(shuffled(ids, random), namedItems(view, asked), k);
    },
  };
}
