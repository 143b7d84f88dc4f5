import type { Attribute, AttributeType, Item } from '../contracts';
import { attributeKey, hasAttribute } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import type { Random } from '../domain/random';
import type { AttributeIndex } from './attribute-index';
import { fits, type Wishes } from './fit';
import { givesAway } from './series';

/** How many items a profile may fit: fewer names the target, more makes any item right. */
export interface AnonymityBounds {
  least: number;
  most: number;
}

export const filmAnonymity: AnonymityBounds = { least: 20, most: 300 };

/** Fewer items than this with every wanted attribute would name one of them. */
const leastMatchingAll = 3;
/** A person of fewer items than this would nearly name them. */
const leastOfPerson = 5;
const mostWanted = 5;
const mostCandidates = 9;
const dislikedShare = 0.9;
const seededShare = 0.45;
const secondShare = 0.35;

function kindOf(attribute: Attribute, types: readonly AttributeType[]): AttributeType['kind'] {
  return types.find((type) => type.id === attribute.type)?.kind ?? 'category';
}

function subsets<T>(values: readonly T[], least: number, most: number): T[][] {
  const found: T[][] = [];
  for (let mask = 1; mask < 2 ** values.length; mask++) {
    const chosen = values.filter((_, i) => (mask >> i) & 1);
    if (chosen.length >= least && chosen.length <= most) found.push(chosen);
  }
  return found;
}

/** What this person could be after: the targets' facts, those of more targets first, few people, seeded. */
function candidatesFrom(
  targets: readonly Item[],
  catalogue: Catalogue,
  index: AttributeIndex,
  random: Random,
): Attribute[] {
  const types = catalogue.pack.attributeTypes;
  const counts = new Map<string, { attribute: Attribute; weight: number }>();
  for (const target of targets) {
    for (const attribute of catalogue.attributesOf(target)) {
      if (targets.some((item) => givesAway(attribute.value, item))) continue;
      const key = attributeKey(attribute);
      const known = counts.get(key) ?? { attribute, weight: random() * 0.9 };
      known.weight++;
      counts.set(key, known);
    }
  }
  const ordered = [...counts.values()].sort((a, b) => b.weight - a.weight);
  const people = ordered.filter(
    ({ attribute }) =>
      kindOf(attribute, types) === 'person' && index.count(attribute) >= leastOfPerson,
  );
  const others = ordered.filter(({ attribute }) => kindOf(attribute, types) !== 'person');
  const chosen = others.slice(0, mostCandidates - 2);
  return [...chosen, ...people.slice(0, mostCandidates - chosen.length)].map(
    ({ attribute }) => attribute,
  );
}

/**
 * Wanted attributes from the targets' facts such that at least one target fits, the number of fitting items lies in
 * the bounds, and no few items have them all; `null` when no choice does. More targets are better; otherwise seeded.
 */
export function chooseWanted(
  targets: readonly Item[],
  unwanted: readonly Attribute[],
  catalogue: Catalogue,
  index: AttributeIndex,
  bounds: AnonymityBounds,
  random: Random,
): Attribute[] | null {
  const types = catalogue.pack.attributeTypes;
  const candidates = candidatesFrom(targets, catalogue, index, random);
  const withPerson = random() < 0.4;
  let best: { wanted: Attribute[]; score: number } | null = null;
  for (const wanted of subsets(candidates, 2, mostWanted)) {
    const kinds = wanted.map((attribute) => kindOf(attribute, types));
    const people = kinds.filter((kind) => kind === 'person').length;
    const decades = kinds.filter((kind) => kind === 'decade').length;
    if (people > 1 || decades > 1 || !kinds.includes('category')) continue;
    const wishes: Wishes = { wanted, unwanted };
    const kept = targets.filter((target) => fits(target, wishes)).length;
    if (kept === 0) continue;
    const taste = (people === 1) === withPerson ? 1 : 0.4;
    const length = wanted.length === 2 ? 0.5 : 1;
    const score = kept * taste * length * (0.3 + random());
    if (best !== null && score <= best.score) continue;
    const anonymity = index.fitting(wishes);
    if (anonymity < bounds.least || anonymity > bounds.most) continue;
    const all = index.matchingAll(wishes);
    if (all > 0 && all < leastMatchingAll) continue;
    best = { wanted, score };
  }
  return best?.wanted ?? null;
}

/**
 * What this person does not want: kinds of the disliked items where there are any, else, for some, kinds foreign to
 * all they like; never true of a liked item or a target.
 */
export function chooseUnwanted(
  liked: readonly Item[],
  disliked: readonly Item[],
  targets: readonly Item[],
  catalogue: Catalogue,
  index: AttributeIndex,
  random: Random,
): Attribute[] {
  const foreign = (attribute: Attribute) =>
    ![...liked, ...targets].some((item) => hasAttribute(item, attribute));
  const categories = catalogue.pack.attributeTypes.filter((type) => type.kind === 'category');
  const ids = new Set(categories.map((type) => type.id));
  const fromDisliked = disliked
    .flatMap((item) => catalogue.attributesOf(item))
    .filter((attribute) => ids.has(attribute.type) && foreign(attribute));
  const pool =
    fromDisliked.length > 0 && random() < dislikedShare
      ? fromDisliked
      : random() < seededShare
        ? categories
            .flatMap((type) => index.ofType(type.id).slice(0, 16))
            .map(({ attribute }) => attribute)
            .filter(foreign)
        : [];
  const unique = [
    ...new Map(pool.map((attribute) => [attributeKey(attribute), attribute])).values(),
  ];
  const count = random() < secondShare ? 2 : 1;
  const chosen: Attribute[] = [];
  while (chosen.length < count && unique.length > 0) {
    const [taken] = unique.splice(Math.floor(random() * unique.length), 1);
    if (taken !== undefined) chosen.push(taken);
  }
  return chosen;
}
