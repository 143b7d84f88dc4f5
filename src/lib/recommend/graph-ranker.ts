import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { postingsOf } from './content-scores';
import { byScore, namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';
import { readTaste, type Taste } from './taste';

/** The chance to begin anew at what the conversation named, and how many steps are walked: the usual ones. */
const restart = 0.15;
const steps = 20;

/** Items and attributes as a graph without weights: an edge where an item has the attribute. */
interface Graph {
  /** By item, by position in the catalogue: the places of its attributes. */
  attributes: readonly (readonly number[])[];
  /** By attribute: the positions of its items. */
  items: readonly (readonly number[])[];
  itemPlaces: ReadonlyMap<string, number>;
  attributePlaces: ReadonlyMap<string, number>;
}

function graphOf(catalogue: Catalogue): Graph {
  const postings = [...postingsOf(catalogue)];
  const attributePlaces = new Map(postings.map(([key], place) => [key, place]));
  const placesOf = (keys: readonly string[]) =>
    keys.flatMap((key) => attributePlaces.get(key) ?? []);
  return {
    attributes: catalogue.items.map((item) =>
      placesOf([...new Set(catalogue.attributesOf(item).map(attributeKey))]),
    ),
    items: postings.map(([, { items }]) => [...new Set(items)]),
    itemPlaces: new Map(catalogue.items.map(({ id }, place) => [id, place])),
    attributePlaces,
  };
}

/** What each node has goes in equal parts to its neighbours on the other side. */
function spread(
  from: Float64Array,
  neighbours: Graph['items'],
  size: number,
  share: number,
): Float64Array {
  const to = new Float64Array(size);
  neighbours.forEach((others, at) => {
    const part = (share * (from[at] ?? 0)) / Math.max(1, others.length);
    if (part !== 0) for (const other of others) to[other] = (to[other] ?? 0) + part;
  });
  return to;
}

/** Where walks begin: taste's weights, refusals negative, scaled to a sum of absolute values of 1. */
function seedsOf(taste: Taste, graph: Graph) {
  const items = new Float64Array(graph.attributes.length);
  const attributes = new Float64Array(graph.items.length);
  const sum =
    [...taste.items, ...taste.attributes].reduce((all, { weight }) => all + Math.abs(weight), 0) ||
    1;
  for (const { item, weight } of taste.items) {
    const at = graph.itemPlaces.get(item);
    if (at !== undefined) items[at] = (items[at] ?? 0) + weight / sum;
  }
  for (const { attribute, weight } of taste.attributes) {
    const at = graph.attributePlaces.get(attributeKey(attribute));
    if (at !== undefined) attributes[at] = (attributes[at] ?? 0) + weight / sum;
  }
  return { items, attributes };
}

/**
 * Ranks by the catalogue's facts as a knowledge graph: personalised PageRank (Haveliwala 2002) from the items and
 * attributes that the conversation named, p = r s + (1 - r) W p with r = 0.15, 20 steps. The walk is linear, so
 * what was refused starts with a negative weight. Ties, and a conversation that named nothing, go by popularity.
 */
export function createGraphRanker(catalogue: Catalogue): Ranker {
  const graph = graphOf(catalogue);
  // Far below any difference of the walk.
  const most = Math.max(1, ...catalogue.items.map(({ popularity }) => popularity));
  const prior = catalogue.items.map(({ popularity }) => (1e-12 * popularity) / most);
  const scoresOf = (taste: Taste): Float64Array => {
    const seeds = seedsOf(taste, graph);
    let { items, attributes } = seeds;
    for (let step = 0; step < steps; step++) {
      const toItems = spread(attributes, graph.items, items.length, 1 - restart);
      const toAttributes = spread(items, graph.attributes, attributes.length, 1 - restart);
      items = toItems.map((value, at) => value + restart * (seeds.items[at] ?? 0));
      attributes = toAttributes.map((value, at) => value + restart * (seeds.attributes[at] ?? 0));
    }
    return items.map((value, at) => value + (prior[at] ?? 0));
  };
  return {
    name: 'graph',
    rank(view, asked, k) {
      const scores = scoresOf(readTaste(view, catalogue));
      return namedLast(byScore(catalogue.items, scores), namedItems(view, asked), k);
    },
  };
}
