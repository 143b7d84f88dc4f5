import type { Attribute, DomainPack, FactCard } from '../contracts/catalogue';
import type { UserBrief } from '../contracts/profile';
import { sameAttribute } from '../domain/attributes';
import { phraseAttribute, renderFactCard } from '../domain/card';
import { defaultTheta } from '../profile/fit';

/** Half of the wishes are enough: what fits a profile, too (`fits`). */
function enough(met: number, wanted: number): string {
  return met >= wanted * defaultTheta ? 'enough' : 'too few';
}

/**
 * A fact card as this person reads it: the facts, then whether they meet enough of the wishes, which are missing, what is
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
          `meets ${enough(met.length, wanted.length)} wishes, ${String(met.length)} of ${String(wanted.length)}` +
            (met.length === 0 ? '' : `: ${list(met)}`),
        ]),
    ...(missing.length === 0 ? [] : [`missing: ${list(missing)}`]),
    ...(bad.length === 0 ? [] : [`unwanted: ${list(bad)}`]),
    ...(known.includes(card.label) ? [`${pack.words.consumed} before`] : []),
  ];
  const facts = renderFactCard(card, pack);
  return notes.length === 0 ? facts : `${facts} (${notes.join('; ')})`;
}
