import type { AttributeType, ItemId } from '../contracts';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import type { Statistics } from './statistics';
import type { Taste } from './taste';

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

/** Scores of a taste over the catalogue's items, in their order. */
export interface ContentScorer {
  /**
   * @param without items of a counted dialogue that shall not count for this call: what a ranker is taught on may not
   * know its own answers (leave one out)
   */
  scores(taste: Taste, without?: ReadonlySet<ItemId>): Float64Array;
}

/** Which items have an attribute, by position in the catalogue. */
interface Posting {
  kind: Kind;
  items: number[];
}

/** The items that are named together with one, by position, with their counts. */
interface Companions {
  at: Int32Array;
  counts: Float64Array;
  /** Log lift of each. */
  lifts: Float64Array;
}

const postingsKept = new WeakMap<Catalogue, ReadonlyMap<string, Posting>>();

/** By attribute key, which items have it. Every ranker of a catalogue reads the same ones. */
export function postingsOf(catalogue: Catalogue): ReadonlyMap<string, Posting> {
  const known = postingsKept.get(catalogue);
  if (known !== undefined) return known;
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
  postingsKept.set(catalogue, postings);
  return postings;
}

/** An item that no dialogue names is not impossible. */
const unnamed = 0.3;

/**
 * Scores by what the conversation says: items that training dialogues name beside those liked here, items that
 * share their genres and people, attributes asked for in words, all over a prior of popularity. A log-linear sum:
 * score(i) = a log p(i) + b sum_m w(m) log(1 + c(m,i) / (s p(i))) + shared + asked,
 * with p(i) the share of dialogues that name i, c co-mentions, s the shrinkage, w the taste's weight. Terms that are
 * the same for every item are left out.
 */
export function createContentScorer(
  catalogue: Catalogue,
  statistics: Statistics,
  chosen: ContentWeights = contentWeights,
): ContentScorer {
  const { items } = catalogue;
  const dialogues = Math.max(1, statistics.dialogues);
  const positions = new Map(items.map((item, i) => [item.id, i]));
  const share = Float64Array.from(items, (item) => (item.popularity + unnamed) / dialogues);
  const prior = share.map((p) => chosen.popularity * Math.log(p));
  const postings = postingsOf(catalogue);
  const liftOf = (count: number, p: number) => Math.log1p(count / (chosen.shrink * p));
  const kept = new Map<ItemId, Companions>();
  const companionsOf = (item: ItemId): Companions => {
    const known = kept.get(item);
    if (known !== undefined) return known;
    const pairs = [...statistics.together(item)].flatMap(([other, count]) => {
      const at = positions.get(other);
      return at === undefined ? [] : [{ at, count }];
    });
    const found = {
      at: Int32Array.from(pairs, ({ at }) => at),
      counts: Float64Array.from(pairs, ({ count }) => count),
      lifts: Float64Array.from(pairs, ({ at, count }) => liftOf(count, share[at] ?? 1)),
    };
    kept.set(item, found);
    return found;
  };

  const addTogether = (
    scores: Float64Array,
    item: ItemId,
    weight: number,
    lessened: ReadonlyMap<number, number>,
  ) => {
    const { at, counts, lifts } = companionsOf(item);
    for (let j = 0; j < at.length; j++) {
      const i = at[j] ?? 0;
      const less = lessened.get(i);
      const lift = less === undefined ? (lifts[j] ?? 0) : liftOf((counts[j] ?? 1) - 1, less);
      scores[i] = (scores[i] ?? 0) + weight * chosen.together * lift;
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
  /** Shares of the items left out, one dialogue fewer. */
  const lessenedBy = (without: ReadonlySet<ItemId>) =>
    new Map(
      [...without].flatMap((id): [number, number][] => {
        const at = positions.get(id);
        const popularity = catalogue.byId(id)?.popularity ?? 0;
        if (at === undefined || popularity < 1) return [];
        return [[at, (popularity - 1 + unnamed) / dialogues]];
      }),
    );
  return {
    scores(taste, without = new Set()) {
      const scores = prior.slice();
      const lessened = lessenedBy(without);
      for (const [at, p] of lessened) scores[at] = chosen.popularity * Math.log(p);
      const total = taste.items.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
      const shared = new Map<string, number>();
      for (const { item, weight } of taste.items) {
        addTogether(scores, item, weight, lessened);
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
        asked.set(key, Math.abs(weight) >= Math.abs(before) ? weight : before);
      }
      for (const [key, weight] of asked) addAttribute(scores, key, chosen.asked, weight);
      return scores;
    },
  };
}
