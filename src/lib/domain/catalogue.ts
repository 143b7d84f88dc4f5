import type { Attribute, DomainPack, FactCard, Item, ItemId } from '../contracts';
import { attributeKey, attributesOfItem } from './attributes';
import { createAttributeFinder, type AttributeMention } from './attribute-words';
import { factCardOf } from './card';
import { createLinker, type LinkedTitle } from './linking';

export type { AttributeMention } from './attribute-words';
export type { LinkedTitle } from './linking';

/** A domain pack made searchable. */
export interface Catalogue {
  readonly pack: DomainPack;
  readonly items: readonly Item[];
  byId(id: ItemId): Item | null;
  /** By label, case ignored. */
  byLabel(label: string): Item | null;
  attributesOf(item: Item): Attribute[];
  factCard(item: Item): FactCard;
  /** Titles in the text, in order, none overlapping. */
  link(text: string): LinkedTitle[];
  /** The item that the whole text names; `null` when it names none. */
  resolveTitle(text: string): Item | null;
  /** What the text speaks of, each once, in order; words of linked titles do not count. */
  findAttributes(text: string): Attribute[];
  /** The same with their places, repeats kept. */
  findAttributeMentions(text: string): AttributeMention[];
}

/** How many texts' links are kept: a dialogue asks for the same utterances at every turn. */
const keptLinks = 256;

/** Indexes a pack; about half a second for 6,500 items, so once per session. */
export function createCatalogue(pack: DomainPack): Catalogue {
  const byId = new Map(pack.items.map((item) => [item.id, item]));
  const byLabel = new Map(pack.items.map((item) => [item.label.toLowerCase(), item]));
  const finder = createAttributeFinder(pack);
  const linker = createLinker(pack.items, finder.people, finder.categories);
  const kept = new Map<string, LinkedTitle[]>();
  const link = (text: string) => {
    const known = kept.get(text);
    if (known !== undefined) return [...known];
    const links = linker.link(text);
    const oldest = kept.keys().next();
    if (kept.size >= keptLinks && !oldest.done) kept.delete(oldest.value);
    kept.set(text, links);
    return [...links];
  };
  const findAttributeMentions = (text: string) => {
    const titles = link(text);
    return finder
      .find(text)
      .filter(({ start, end }) => !titles.some((title) => title.start < end && title.end > start));
  };
  return {
    pack,
    items: pack.items,
    byId: (id) => byId.get(id) ?? null,
    byLabel: (label) => byLabel.get(label.toLowerCase()) ?? null,
    attributesOf: (item) => attributesOfItem(item, pack.attributeTypes),
    factCard: (item) => factCardOf(item, pack),
    link,
    resolveTitle: (text) => linker.resolveTitle(text),
    findAttributeMentions,
    findAttributes(text) {
      const found = new Map<string, Attribute>();
      for (const { attribute } of findAttributeMentions(text)) {
        const key = attributeKey(attribute);
        if (!found.has(key)) found.set(key, attribute);
      }
      return [...found.values()];
    },
  };
}
