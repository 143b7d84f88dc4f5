import type { AttributeType, ItemId } from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { namedItems, namedLast } from './conversation';
import type { Ranker } from './ranker';
import type { Statistics } from './statistics';
import { readTaste, type Taste } from './taste';

type Kind = AttributeType['kind'];

export interface ContentWeights {
  popularity: number;
  /** Of the pointwise mutual information between a named item and a candidate. */
  together: number;
  /** Pseudo-count that pulls rare co-mentions towards chance. */
  shrink: number;
  /** Of an attribute that a liked item and a candidate share, by the attribute type's kind. */
  shared: Readonly<Record<Kind, number>>;
  /** Of an attribute that was asked for in words. */
  asked: Readonly<Record<Kind, number>>;
}

/** Set on validation dialogues; `test/bars/ranker.ts` prints what they give. */
export const contentWeights: ContentWeights = {
  popularity: 0.8,
  together: 0.7,
  shrink: 60,
  shared: { category: 0.25, person: 0.8, decade: 0.15 },
  asked: { category: 0.9, person: 3, decade: 0.8 },
};

/** Which items have an attribute, by position in the catalogue. */
interface Posting {
  kind: Kind;
  items: number[];
}

function postingsOf(catalogue: Catalogue): Map<string, Posting> {
  const kinds = new Map(catalogue.pack.attributeTypes.map((type) => [type.id, type.kind]));
  const postings = new Map<string, Posting>();
  catalogue.items.forEach((item, i) => {
    for (const attribute of catalogue.attributesOf(item)) {
      const key = attributeKey(attribute);
      const posting = postings.get(key) ?? {
        kind: kinds.get(attribute.type) ?? 'category',
        items: [],
      };
      posting.items.push(i);
      postings.set(key, posting);
    }
  });
  return postings;
}

/**
 * Ranks by what the conversation says: items that training dialogues name beside those liked here, items that
 * share their genres and people, attributes asked for in words, all over a prior of popularity. A log-linear sum:
 * score(i) = a log p(i) + b sum_m w(m) log((c(m,i) + s p(i)) / ((n(m) + s) p(i))) + shared + asked,
 * with p(i) the share of dialogues that name i, c co-mentions, n mentions, s the shrinkage, w the taste's weight.
 */
export function createContentRanker(
  catalogue: Catalogue,
  statistics: Statistics,
  chosen: ContentWeights = contentWeights,
): Ranker {
  const { items } = catalogue;
  const dialogues = Math.max(1, statistics.dialogues);
  const positions = new Map(items.map((item, i) => [item.id, i]));
  const share = Float64Array.from(items, (item) => (item.popularity + 0.3) / dialogues);
  const prior = share.map((p) => chosen.popularity * Math.log(p));
  const postings = postingsOf(catalogue);

  const addTogether = (scores: Float64Array, item: ItemId, weight: number) => {
    const mentions = catalogue.byId(item)?.popularity ?? 0;
    // A pair never seen costs the same for every candidate, so only the seen ones are touched.
    for (const [other, count] of statistics.together(item)) {
      const at = positions.get(other);
      if (at === undefined) continue;
      const p = share[at] ?? 0;
      const lift = (count + chosen.shrink * p) / ((mentions + chosen.shrink) * p);
      const none = chosen.shrink / (mentions + chosen.shrink);
      scores[at] = (scores[at] ?? 0) + weight * chosen.together * Math.log(lift / none);
    }
  };
  const addAttribute = (
    scores: Float64Array,
    key: string,
    weight: ContentWeights['shared'],
    by: number,
  ) => {
    const posting = postings.get(key);
    if (posting === undefined) return;
    const amount = weight[posting.kind] * by;
    for (const at of posting.items) scores[at] = (scores[at] ?? 0) + amount;
  };
  const score = (taste: Taste): Float64Array => {
    const scores = Float64Array.from(prior);
    const total = taste.items.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    const shared = new Map<string, number>();
    for (const { item, weight } of taste.items) {
      addTogether(scores, item, weight);
      const known = catalogue.byId(item);
      for (const attribute of known === null ? [] : catalogue.attributesOf(known)) {
        const key = attributeKey(attribute);
        shared.set(key, (shared.get(key) ?? 0) + weight);
      }
    }
    for (const [key, weight] of shared) {
      addAttribute(scores, key, chosen.shared, weight / Math.sqrt(Math.max(1, total)));
    }
    const asked = new Map<string, number>();
    for (const { attribute, weight } of taste.attributes) {
      const key = attributeKey(attribute);
      const before = asked.get(key) ?? 0;
      asked.set(
        key,
        Math.max(-1, Math.min(1, Math.abs(weight) >= Math.abs(before) ? weight : before)),
      );
    }
    for (const [key, weight] of asked) addAttribute(scores, key, chosen.asked, weight);
    return scores;
  };
  return {
    name: 'content',
    rank(view, asked, k) {
      const scores = score(readTaste(view, catalogue));
      const order = items
        .map((item, i) => ({ id: item.id, score: scores[i] ?? 0 }))
        .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .map(({ id }) => id);
      return namedLast(order, namedItems(view, asked), k);
    },
  };
}
