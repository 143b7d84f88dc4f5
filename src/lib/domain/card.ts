import type { Attribute, DomainPack, FactCard, Item } from '../contracts';
import { attributesOfItem, attributeTypeOf } from './attributes';

/** What anyone could look up about an item. */
export function factCardOf(item: Item, pack: DomainPack): FactCard {
  return {
    item: item.id,
    label: item.label,
    ...(item.year === undefined ? {} : { year: item.year }),
    facts: attributesOfItem(item, pack.attributeTypes),
  };
}

/** An attribute as it reads in a sentence: "directed by James Wan". */
export function phraseAttribute(attribute: Attribute, pack: DomainPack): string {
  const type = attributeTypeOf(attribute, pack);
  return type === null ? attribute.value : type.phrase.replace('{value}', () => attribute.value);
}

/**
 * A card on one line: "The Conjuring (2013): horror, mystery; from the 2010s; directed by James Wan".
 * Categories stand bare, people and decades in their type's phrase, so
 * that a wish ("from the 1990s") and a fact read alike and a small model need not reckon from the year.
 */
export function renderFactCard(card: FactCard, pack: DomainPack): string {
  const parts: string[] = [];
  for (const type of pack.attributeTypes) {
    const values = card.facts.filter((fact) => fact.type === type.id).map((fact) => fact.value);
    if (values.length === 0) continue;
    const list = values.join(', ');
    parts.push(
      type.kind === 'person' || type.kind === 'decade'
        ? type.phrase.replace('{value}', () => list)
        : list,
    );
  }
  return parts.length === 0 ? card.label : `${card.label}: ${parts.join('; ')}`;
}
