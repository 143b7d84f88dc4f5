import type { Catalogue } from '../domain/catalogue';
import { createRandom, deriveSeed } from '../domain/random';
import { formatTurn } from '../action/format';
import { rankerRecord, type Ranker } from '../recommend/ranker';
import { rankCandidates, unmodelled, type RecommenderAgent } from './agent';

const phrases: readonly ((label: string) => string)[] = [
  (label) => `How about ${label}?`,
  (label) => `You might like ${label}.`,
  (label) => `Have you thought of ${label}?`,
  (label) => `I can recommend ${label}.`,
];

/** A ranker that speaks in set phrases: what a recommender is worth without a language model. */
export function rankerRecommender(
  id: string,
  ranker: Ranker,
  catalogue: Catalogue,
): RecommenderAgent {
  return {
    seat: () => ({
      id,
      hash: null,
      promptVersion: null,
      engine: 'none',
      ...rankerRecord(ranker),
    }),
    reset: () => Promise.resolve(),
    respond(view, request) {
      const { recorded } = rankCandidates(ranker, view, catalogue, request.candidates);
      const said = view.turns.flatMap((turn) => (turn.by === 'self' ? turn.actions : []));
      const offered = new Set(said.flatMap((action) => action.items ?? []));
      const item = recorded
        .flatMap((id) => catalogue.byId(id) ?? [])
        .find(({ label }) => !offered.has(label));
      const random = createRandom(deriveSeed('phrase', request.seed));
      const phrase = phrases[Math.floor(random() * phrases.length)] ?? String;
      const raw =
        item === undefined
          ? formatTurn([{ type: 'bye' }], 'I have nothing more to recommend. Goodbye.')
          : formatTurn([{ type: 'recommend', items: [item.label] }], phrase(item.label));
      return Promise.resolve({ ...unmodelled(raw, 0), seed: request.seed, candidates: recorded });
    },
  };
}
