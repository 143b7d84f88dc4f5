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
 * A card on one line: "The Conjuring (2013): horror, mystery; directed by James Wan; with Vera Farmiga".
 * Categories stand bare, people in their type's phrase; a decade says nothing beside a year and is left out.
 */
export function renderFactCard(card: FactCard, pack: DomainPack): string {
  const parts: string[] = [];
  for (const type of pack.attributeTypes) {
    const values = card.facts.filter((fact) => fact.type === type.id).map((fact) => fact.value);
    if (values.length === 0) continue;
    if (type.kind === 'decade' && card.year !== undefined) continue;
    const list = values.join(', ');
    parts.push(
      type.kind === 'person' || type.kind === 'decade'
        ? type.phrase.replace('{value}', () => list)
        : list,
    );
  }
  return parts.length === 0 ? card.label : `${card.label}: ${parts.join('; ')}`;
}
