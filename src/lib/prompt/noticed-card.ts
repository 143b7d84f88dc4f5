import type { Attribute, DomainPack, FactCard } from '../contracts/catalogue';
import type { UserBrief } from '../contracts/profile';
import { sameAttribute } from '../domain/attributes';
import { phraseAttribute, renderFactCard } from '../domain/card';
import { defaultTheta } from '../profile/fit';

/**
 * A fact card as this person reads it: the facts, then what is unwanted or whether enough of the wishes are met (half of them, as
 * in `fits`), which are missing, and whether the item is known. All of it follows from the card and the brief, which the user simulator
 * knows anyway: a small model compares two lists badly, and what to make of the comparison is left to it.
 */
export function noticedCard(card: FactCard, brief: UserBrief, pack: DomainPack): string {
  const { wanted, unwanted, known } = brief;
  const has = (attribute: Attribute) => card.facts.some((fact) => sameAttribute(fact, attribute));
  const list = (attributes: readonly Attribute[]) =>
    attributes.map((attribute) => phraseAttribute(attribute, pack)).join(', ');
  const met = wanted.filter(has);
  const missing = wanted.filter((wish) => !has(wish));
  const bad = unwanted.filter(has);
  const wishes = `${String(met.length)} of ${String(wanted.length)}`;
  // What speaks for a film that will not do is left to its facts: small models take it as a reason to accept.
  const verdict =
    bad.length > 0
      ? [`unwanted: ${list(bad)}`]
      : wanted.length === 0
        ? []
        : met.length >= wanted.length * defaultTheta
          ? [`meets enough wishes, ${wishes}: ${list(met)}`]
          : [`meets too few wishes, ${wishes}`];
  const notes = [
    ...verdict,
    ...(missing.length === 0 ? [] : [`missing: ${list(missing)}`]),
    ...(known.includes(card.label) ? [`${pack.words.consumed} before`] : []),
  ];
  const facts = renderFactCard(card, pack);
  return notes.length === 0 ? facts : `${facts} (${notes.join('; ')})`;
}
