import { describe, expect, it } from 'vitest';
import type { RecommenderView } from '../../../src/lib/contracts/view';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { createGraphRanker, createPopularityRanker } from '../../../src/lib/recommend/ranker';
import { tinyPack } from '../../support/tiny-domain';

const catalogue = createCatalogue(tinyPack);
const ranker = createGraphRanker(catalogue);
const view = (...said: string[]): RecommenderView => ({
  role: 'recommender',
  turns: said.map((text) => ({ by: 'other', text, cards: [] })),
});
const titles = (of: RecommenderView, k: number) =>
  ranker.rank(of, catalogue, k).map((id) => catalogue.byId(id)?.label);

describe('the ranker on the graph of facts', () => {
  it('finds what shares most with what was named, by people and genres', () => {
    // Heat shares a genre with Saw and Halloween (2018), a decade with Toy Story.
    expect(titles(view('I loved Saw (2004).'), 2)).toContain('The Conjuring (2013)');
    expect(new Set(titles(view('Something animated, a comedy.'), 2))).toEqual(
      new Set(['Up (2009)', 'Toy Story (1995)']),
    );
  });

  it('walks away from what was refused', () => {
    const place = (of: RecommenderView) => titles(of, 8).indexOf('Up (2009)');
    expect(place(view('A comedy.'))).toBeLessThan(place(view('No comedy please.')));
    expect(place(view('Horror, and not a comedy.'))).toBeGreaterThanOrEqual(5);
  });

  it('goes by popularity where nothing was said, and gives the whole catalogue once', () => {
    const empty = view('Hello');
    expect(ranker.rank(empty, catalogue, null)).toEqual(
      createPopularityRanker(catalogue).rank(empty, catalogue, null),
    );
    const all = ranker.rank(view('I loved Saw (2004).'), catalogue, null);
    expect(new Set(all).size).toBe(catalogue.items.length);
    // What was named comes last.
    expect(all.at(-1)).toBe('film-5');
  });
});
