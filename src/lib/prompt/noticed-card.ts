import type { Attribute, DomainPack, FactCard } from '../contracts/catalogue';
import type { UserBrief } from '../contracts/profile';
import { sameAttribute } from '../domain/attributes';
import { phraseAttribute, renderFactCard } from '../domain/card';

/**
 * A fact card as this person reads it: the facts, then how many of the wishes they meet, which are missing, what is
 * unwanted, and whether the item is known. All of it follows from the card and the brief, which the user simulator knows
 * anyway: a small model compares two lists badly, and what to make of the comparison is left to it.
 */
export function noticedCard(card: FactCard, brief: UserBrief, pack: DomainPack): string {
  const { wanted, unwanted, known } = brief;
  const has = (attribute: Attribute) => card.facts.some((fact) => sameAttribute(fact, attribute));
  const list = (attributes: readonly Attribute[]) =>
    attributes.map((attribute) => phraseAttribute(attribute, pack)).join(', ');
  const met = wanted.filter(has);
  const missing = wanted.filter((wish) => !has(wish));
  const bad = unwanted.filter(has);
  const notes = [
    ...(wanted.length === 0
      ? []
      : [
          `meets ${String(met.length)} of ${String(wanted.length)} wishes${met.length === 0 ? '' : `: ${list(met)}`}`,
        ]),
    ...(missing.length === 0 ? [] : [`missing: ${list(missing)}`]),
    ...(bad.length === 0 ? [] : [`unwanted: ${list(bad)}`]),
    ...(known.includes(card.label) ? [`${pack.words.consumed} before`] : []),
  ];
  const facts = renderFactCard(card, pack);
  return notes.length === 0 ? facts : `${facts} (${notes.join('; ')})`;
}
