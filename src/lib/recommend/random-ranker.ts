import type { Catalogue } from '../domain/catalogue';
import { createRandom, deriveSeed, shuffled } from '../domain/random';
import { namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';

/** A random order, another one at every turn; the same seed and turn count give the same order. */
export function createRandomRanker(catalogue: Catalogue, seed: number): Ranker {
  const ids = catalogue.items.map((item) => item.id);
  return {
    name: 'random',
    rank(view, asked, k) {
      const random = createRandom(deriveSeed('random-ranker', seed, view.turns.length));
      return namedLast(shuffled(ids, random), namedItems(view, asked), k);
    },
  };
}
