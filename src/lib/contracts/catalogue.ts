/** Identifies an item within its domain pack; opaque. */
export type ItemId = string;

/** One fact about an item, and one thing a person may want or avoid: `{ type: "genre", value: "horror" }`. */
export interface Attribute {
  type: string;
  value: string;
}

export interface AttributeType {
  id: string;
  label: string;
  /**
   * How values are recognised in talk: `category` words also by their synonyms, `person` by full name or
   * by an unambiguous surname, `decade` as "1990s", "90s" or "nineties".
   */
  kind: 'category' | 'person' | 'decade';
  /** How a wish reads in a sentence, `{value}` replaced: "directed by {value}". */
  phrase: string;
  /** Other words for values of this type: `{ "sci-fi": ["science fiction", "scifi"] }`. */
  synonyms?: Readonly<Record<string, readonly string[]>>;
}

export interface Item {
  id: ItemId;
  title: string;
  year?: number;
  /** How the item is written everywhere, unique in its pack: "Title (1999)". No brackets, bar or line break. */
  label: string;
  /** Other titles by which people call it. */
  aliases: readonly string[];
  /** Values by attribute type id. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** In how many training dialogues it is named; 0 when never. */
  popularity: number;
}

/** What a domain calls its things, so that prompts and pages are not about films only. */
export interface DomainWords {
  /** "film" */
  item: string;
  /** "films" */
  items: string;
  /** What one does with an item, to-infinitive without "to": "watch". */
  consume: string;
  /** Past participle for "already known": "seen". */
  consumed: string;
}

/** A catalogue with all that makes its domain: the input of every other stage. */
export interface DomainPack {
  schemaVersion: 1;
  id: string;
  name: string;
  /** BCP 47, of titles and talk. */
  language: string;
  words: DomainWords;
  attributeTypes: readonly AttributeType[];
  items: readonly Item[];
  licence: string;
  attribution: string;
}

/** What anyone could look up about an item that was named; never more than the catalogue's facts. */
export interface FactCard {
  item: ItemId;
  label: string;
  year?: number;
  facts: readonly Attribute[];
}
