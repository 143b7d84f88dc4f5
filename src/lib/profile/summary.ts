import type { Attribute, DomainPack, Item } from '../contracts';
import { phraseAttribute } from '../domain/card';
import type { Random } from '../domain/random';

/** What a summary is made from. */
export interface SummaryFacts {
  liked: readonly Item[];
  disliked: readonly Item[];
  /** Kinds that the liked items share, the commonest first. */
  tastes: readonly Attribute[];
  unwanted: readonly Attribute[];
}

const nouns: Readonly<Record<string, string>> = {
  comedy: 'comedies',
  drama: 'dramas',
  thriller: 'thrillers',
  western: 'westerns',
  documentary: 'documentaries',
  musical: 'musicals',
  romance: 'romances',
  mystery: 'mysteries',
  biography: 'biographies',
  animation: 'animated {items}',
  history: 'historical {items}',
  music: '{items} about music',
};

const likeOne = [
  'Loved {likes}.',
  'Still talks about {likes}.',
  'Could watch {likes} again any day.',
  'Recently enjoyed {likes}.',
  'Counts {likes} among the favourites.',
  'Had a great time with {likes}.',
];
const likeMany = [
  'Loved {likes}.',
  'Favourites include {likes}.',
  'Enjoyed {likes}.',
  'Has {consumed} {likes} and liked all of them.',
  'Mentions {likes} when asked for favourites.',
  'A fan of {likes}.',
];
const taste = [
  'Usually goes for {tastes}.',
  'Likes {tastes} best.',
  'Has a soft spot for {tastes}.',
  'Mostly picks {tastes}.',
  'Enjoys {tastes}.',
  'Prefers {tastes} to most other things.',
  'Into {tastes}.',
  'Grew up with {tastes} and never tired of them.',
];
const dislike = [
  'Did not care for {dislikes}.',
  'Found {dislikes} a letdown.',
  'Could not get into {dislikes}.',
  'Was bored by {dislikes}.',
  'Would not sit through {dislikes} again.',
];
const avoid = [
  'Stays away from {avoids}.',
  'Has little patience for {avoids}.',
  'Not one for {avoids}.',
  'Never warmed to {avoids}.',
];
const context = [
  'Has a free evening and wants something good.',
  'Wants to {consume} something new this weekend.',
  'Tends to {consume} alone, late at night.',
  'Usually decides together with friends.',
  'Is tired of scrolling through lists.',
  'Has time for one {item} a week and chooses with care.',
  'Is happy to try something unfamiliar.',
  'Asks others for ideas more often than reading reviews.',
  'Does not follow what is new very closely.',
  'Wants something to talk about afterwards.',
  'Needs a break after a long week.',
  'Has {consumed} the obvious choices already.',
];

type Part = 'like' | 'taste' | 'dislike' | 'avoid' | 'context';
const plans: readonly (readonly Part[])[] = [
  ['like'],
  ['like', 'taste'],
  ['taste', 'like'],
  ['like', 'context'],
  ['context', 'like'],
  ['taste', 'like', 'dislike'],
  ['like', 'dislike'],
  ['like', 'dislike', 'taste'],
  ['taste', 'avoid', 'like'],
  ['like', 'avoid'],
  ['context', 'taste', 'like'],
  ['taste', 'context'],
  ['taste', 'dislike'],
  ['taste', 'avoid'],
  ['context', 'taste'],
  ['like', 'taste', 'context'],
  ['dislike', 'like'],
  ['taste', 'avoid', 'context'],
];

function pick<T>(values: readonly T[], random: Random): T | undefined {
  return values[Math.floor(random() * values.length)];
}

function listed(values: readonly string[]): string {
  const last = values[values.length - 1] ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} and ${last}`;
}

/** A kind as a thing one likes: "comedies", "horror films". */
export function kindInWords(attribute: Attribute, pack: DomainPack): string {
  const noun = nouns[attribute.value];
  if (noun !== undefined) return noun.replace('{items}', pack.words.items);
  const phrase = phraseAttribute(attribute, pack);
  return phrase === attribute.value
    ? `${phrase} ${pack.words.items}`
    : `${pack.words.items} ${phrase}`;
}

function templatesFor(part: Part, facts: SummaryFacts): readonly string[] {
  if (part === 'like') return facts.liked.length > 1 ? likeMany : likeOne;
  return { taste, dislike, avoid, context }[part];
}

/**
 * One to three sentences about a person: items they liked or disliked by label, tastes in words. The plan and every
 * sentence are drawn with `random`; a plan is only drawn when its facts are there.
 */
export function writeSummary(facts: SummaryFacts, pack: DomainPack, random: Random): string {
  const has: Record<Part, boolean> = {
    like: facts.liked.length > 0,
    taste: facts.tastes.length > 0,
    dislike: facts.disliked.length > 0,
    avoid: facts.unwanted.length > 0,
    context: true,
  };
  const possible = plans.filter(
    (plan) =>
      plan.every((part) => has[part]) &&
      plan.includes('like') === has.like &&
      plan.includes('dislike') === has.dislike,
  );
  const plan = pick(possible, random) ?? ['context'];
  const tastes = facts.tastes.slice(0, random() < 0.5 ? 1 : 2);
  const values: Record<string, string> = {
    likes: listed(facts.liked.map((item) => item.label)),
    dislikes: listed(facts.disliked.map((item) => item.label)),
    tastes: listed(tastes.map((attribute) => kindInWords(attribute, pack))),
    avoids: listed(facts.unwanted.map((attribute) => kindInWords(attribute, pack))),
    ...pack.words,
  };
  return plan
    .map((part) =>
      (pick(templatesFor(part, facts), random) ?? '').replace(
        /\{(\w+)\}/g,
        (_, name: string) => values[name] ?? '',
      ),
    )
    .join(' ');
}
