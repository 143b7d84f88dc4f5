import type { Attribute, Item } from '../../lib/contracts/catalogue';
import type { Profile } from '../../lib/contracts/profile';
import { attributeKey, hasAttribute, sameAttribute } from '../../lib/domain/attributes';
import type { Catalogue } from '../../lib/domain/catalogue';
import { shuffled, type Random } from '../../lib/domain/random';
import { writeSummary } from '../../lib/profile/summary';
import type { FilmAnswer, RedialDialogue } from '../../lib/profile/redial';
import { splitOf } from '../../lib/profile/split';
import { filmIds, filmReference, type SourceTurn } from './source-turns';

/** The program's own profiles mostly hold three wishes and name up to three films. */
const usualWishes = 3;
const mostSpoken = 4;
const mostNamed = 3;

/** Words close before an attribute that turn a wish into its contrary. */
const negation =
  /\b(not|no|n't|dont|never|hate|dislike|except|besides|without|avoid|tired of|but not)\b[^.!?,;]{0,30}$/i;

/** What a person says they want, and do not want, each once, in the order of saying. */
export function spokenWishes(
  turns: readonly SourceTurn[],
  catalogue: Catalogue,
): { wanted: readonly Attribute[]; unwanted: readonly Attribute[] } {
  const wanted = new Map<string, Attribute>();
  const unwanted = new Map<string, Attribute>();
  for (const turn of turns) {
    if (turn.role !== 'user') continue;
    const text = turn.text.replace(filmReference, 'that');
    for (const { attribute, start } of catalogue.findAttributeMentions(text)) {
      const side = negation.test(text.slice(0, start)) ? unwanted : wanted;
      // A person who acts and directs is meant once.
      if ([...side.values()].some(({ value }) => value === attribute.value)) continue;
      side.set(attributeKey(attribute), attribute);
    }
  }
  for (const key of wanted.keys()) unwanted.delete(key);
  return {
    wanted: [...wanted.values()].slice(0, mostSpoken),
    unwanted: [...unwanted.values()].slice(0, 2),
  };
}

/** Facts of the taken films that the person could have wished for as well, up to the usual number of wishes. */
function completed(
  spoken: readonly Attribute[],
  unwanted: readonly Attribute[],
  taken: readonly Item[],
  catalogue: Catalogue,
  random: Random,
): readonly Attribute[] {
  const facts = taken.flatMap((item) => catalogue.attributesOf(item));
  const wanted = [...spoken];
  for (const fact of shuffled(facts, random)) {
    if (wanted.length >= usualWishes) break;
    const clashes = [...wanted, ...unwanted].some(
      (wish) => sameAttribute(wish, fact) || wish.value === fact.value,
    );
    if (!clashes) wanted.push(fact);
  }
  return wanted;
}

/**
 * A profile for training that agrees with what the person says: the program's own, made from who liked what, would
 * want things that its talk never mentions or speaks against. `null` where the person states no wish.
 */
export function spokenProfile(
  dialogue: RedialDialogue,
  turns: readonly SourceTurn[],
  answers: ReadonlyMap<string, FilmAnswer>,
  catalogue: Catalogue,
  random: Random,
): Profile | null {
  const spoken = spokenWishes(turns, catalogue);
  if (spoken.wanted.length === 0) return null;
  const itemsWhere = (holds: (answer: FilmAnswer) => boolean) =>
    [...answers].flatMap(([id, answer]) => (holds(answer) ? (catalogue.byId(id) ?? []) : []));
  const taken = itemsWhere((a) => a.suggested && a.liked === true && a.seen === false);
  const unwanted = spoken.unwanted.filter(
    (attribute) => !taken.some((item) => hasAttribute(item, attribute)),
  );
  const namedByUser = new Set(
    turns.filter(({ role }) => role === 'user').flatMap(({ text }) => filmIds(text)),
  );
  const named = itemsWhere((a) => !a.suggested && a.seen !== false).filter(({ id }) =>
    namedByUser.has(id),
  );
  const liked = named.filter(({ id }) => answers.get(id)?.liked === true).slice(0, mostNamed);
  const disliked = named.filter(({ id }) => answers.get(id)?.liked === false).slice(0, 1);
  return {
    schemaVersion: 1,
    id: `spoken-${dialogue.id}`,
    domain: catalogue.pack.id,
    summary: writeSummary({ liked, disliked, tastes: [], unwanted }, catalogue.pack, random),
    wanted: completed(spoken.wanted, unwanted, taken, catalogue, random),
    unwanted,
    liked: liked.map(({ id }) => id),
    disliked: disliked.map(({ id }) => id),
    // Nothing is measured against a training profile.
    targets: [],
    anonymity: 0,
    source: {
      dataset: 'ReDial',
      dialogueId: dialogue.id,
      split: splitOf(dialogue.seeker),
      licence: 'CC BY 4.0',
    },
  };
}
