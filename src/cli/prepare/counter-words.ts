import type { Attribute } from '../../lib/contracts/catalogue';
import type { Random } from '../../lib/domain/random';
import { pick } from './counter-style';

/*
 * The words of made-up turns. They are ours; variety comes from combining them, and from how a person types.
 */

/** `{v}` stands for the attribute's value. */
type ByKind = Readonly<Record<'category' | 'person' | 'decade', readonly string[]>>;

/** Several wishes at once; `{v}` stands for "a comedy and crime movie with Ann Example from the 1990s". */
const wishesTogether: readonly string[] = [
  'I want {v}',
  'is there {v} I could watch?',
  "I'm looking for {v}",
  "I'm still looking for {v}",
  'I was hoping for {v}',
  'what I would love is {v}',
  'do you know {v}?',
  'how about {v}?',
  'can you find me {v}?',
  'it should be {v}',
  '{v} would be perfect',
  '{v}, if you can think of one',
];

/** First words of a talk. */
const firstWish: ByKind = {
  category: [
    "I'm in the mood for {v}",
    'I really want {v} tonight',
    'do you have any {v}?',
    'is there any good {v}?',
    'I like {v}',
    "I'm looking for {v}",
    'can you recommend some {v}?',
    'I feel like watching {v}',
    'what is a good one if I want {v}?',
  ],
  person: [
    'I want something with {v}',
    'anything with {v}?',
    "I'm a big fan of {v}",
    'do you know a good one with {v}?',
    'I always enjoy {v}',
    'I would love to see something with {v}',
    "what has {v} done that's worth seeing?",
  ],
  decade: [
    'I want one from the {v}',
    'I like movies from the {v}',
    'do you know a good one from the {v}?',
    'something from the {v} would be nice',
    'what is worth watching from the {v}?',
  ],
};

/** What one says when the recommender is off the mark. */
const wish: ByKind = {
  category: [
    'I want something more like {v}',
    "I'm in the mood for {v}",
    'I was hoping for {v}',
    'I would rather watch {v}',
    'do you have any {v}?',
    'is there any good {v}?',
    'I really want {v} tonight',
    'it should be {v}',
    "let's stick to {v}",
    'I asked for {v}',
    'more {v}, please',
    'I like {v} a lot more',
  ],
  person: [
    'I want something with {v}',
    'I would love one with {v}',
    'anything with {v}?',
    'do you know one with {v}?',
    "I'm a big fan of {v}",
    'I like {v}',
    'it should have {v} in the credits',
    'what about something {v} worked on?',
    'I always enjoy {v}',
  ],
  decade: [
    'I want one from the {v}',
    'something from the {v} would be better',
    'is there one from the {v}?',
    'I like movies from the {v}',
    'it should be from the {v}',
    'the {v} is what I am after',
    'I prefer the {v}',
  ],
};

const dislike: ByKind = {
  category: [
    'I do not like {v}',
    "I don't want {v}",
    '{v} is not for me',
    "I can't stand {v}",
    'no {v} please',
    'I try to avoid {v}',
    "I'm really not into {v}",
    'that is {v}, and I said no to that',
    '{v} never works for me',
  ],
  person: [
    'I do not care for {v}',
    "I'm not a fan of {v}",
    "I can't watch {v}",
    'nothing with {v}, please',
    '{v} is not my favorite',
    'I avoid {v}',
  ],
  decade: [
    'I do not want anything from the {v}',
    'nothing from the {v} please',
    'the {v} is not my time',
    "I don't enjoy movies from the {v}",
  ],
};

const lacks: ByKind = {
  category: [
    "that isn't {v}",
    "that doesn't sound like {v}",
    'there is no {v} in that',
    'it is not {v} though',
    "I don't think that is {v}",
  ],
  person: [
    "{v} isn't in it",
    'that has nothing to do with {v}',
    'no {v} there',
    "but that's not {v}",
  ],
  decade: [
    'that is not from the {v}',
    'wrong decade for me, I want the {v}',
    "that one isn't from the {v}",
  ],
};

/** What one says to pleasantries while nothing is found. */
export const notYet = [
  'not yet',
  'not quite there yet',
  "I haven't found one yet",
  'I still need a movie',
  "we're not done yet",
  'hold on, I still need one',
  'before you go',
  'maybe, but I want to hear another one',
  'let me tell you more',
  'not really',
  'fair enough',
  'I see',
  "that's nice, but not what I asked",
];

export const greetings = [
  'hi',
  'hello',
  'hey there',
  'hi, I need a movie for tonight',
  'hello! can you help me find a movie?',
  'good evening',
  'hey, looking for something to watch',
  'hi there, any ideas for a movie?',
];

export const refusals = [
  'no thanks',
  'not that one',
  "I'll pass on that",
  'I think I will skip that one',
  'no',
  'nah',
  'hmm, no',
  'not really my thing',
  'not for me',
  "I don't think so",
  'that is not what I am looking for',
  'not quite what I had in mind',
  "that one doesn't appeal to me",
  'not my kind of movie',
  "I wouldn't enjoy that",
  "I'm not interested in that one",
  'thanks, but no',
  'that sounds a bit off',
  "I'd rather not",
  'sorry, no',
  'not tonight',
  'that misses it',
  'close, but no',
  'hmm, that is something else',
  "I don't feel like that one",
  "that's not it",
  'I am after something else',
  'maybe some other day',
];

export const likedBefore = [
  'I have seen that one and loved it',
  'already saw it, great movie',
  'seen it, one of my favorites',
  "I've watched that already, really liked it",
  'yes, I saw that one, it was good',
  'oh I love that one, but I have seen it',
  'that is a good one, I have already seen it though',
  'I know that one well, loved it',
];

export const dislikedBefore = [
  "I saw that one and didn't like it",
  "I've seen it, wasn't a fan",
  'seen it, not good in my opinion',
  'I watched it once and that was enough',
  'already saw it, it was not for me',
];

export const askForMore = [
  'anything else?',
  'what else do you have?',
  'any other ideas?',
  'do you have another suggestion?',
  'something I have not seen?',
  'got any others?',
  'what else would you suggest?',
  'can you think of another one?',
];

const reactions = [
  'that sounds good',
  'perfect',
  'great',
  'nice',
  'yes',
  'ok',
  'sounds great',
  'cool',
  'oh nice',
  'good choice',
  'that is exactly what I was looking for',
  'never heard of it but it sounds right',
  "I haven't seen that one",
  'I have not seen it yet',
  'oh, that is new to me',
];

const commitments = [
  "I'll watch it",
  'I will check that out',
  "I'll go with that one",
  "I'll watch it tonight",
  'I will give it a try',
  "I'll take it",
  "that's my movie for tonight",
  'I want to see that',
  "I'll look for it",
  "let's go with it",
  'I am going to watch that',
  'that one it is',
];

/** Sentences by which a film is taken. */
export function acceptance(random: Random): readonly string[] {
  const commitment = pick(commitments, random);
  return random() < 0.75 ? [pick(reactions, random), commitment] : [commitment];
}

const praise: ByKind = {
  category: ['I love {v}', '{v} is just what I need', 'good, {v}', "it's {v}, just what I wanted"],
  person: ['I like {v}', '{v} is great', 'and it has {v}', 'anything with {v} works'],
  decade: ['the {v} is my decade', 'I love the {v}', 'and from the {v} too'],
};

const thanks = [
  'thank you',
  'thanks',
  'thanks a lot',
  'thank you so much',
  'thanks for the help',
  'thanks for your suggestions',
  'you were a great help',
  'I appreciate it',
  'that was easy',
];

const noLuck = [
  'thanks anyway',
  "I don't think we will find one tonight",
  'I will look around myself',
  'thanks for trying',
  'never mind',
  'none of these are for me',
  'maybe another time',
  "I think I'll read a book instead",
];

const byes = [
  'bye',
  'goodbye',
  'have a good night',
  'have a great day',
  'take care',
  'bye now',
  'bye bye',
  'enjoy your evening',
  'talk to you later',
];

/** Sentences by which a talk ends, with a film found or without. */
export function farewell(found: boolean, random: Random): readonly string[] {
  return [pick(found ? thanks : noLuck, random), pick(byes, random)];
}

/** What the recommender says; `{t}` stands for the film. */
export const proposals = [
  'How about {t}?',
  'Have you seen {t}?',
  'You might like {t}.',
  'I would recommend {t}.',
  'What about {t}?',
  'Maybe {t}?',
  'I think you would enjoy {t}.',
  '{t} is a good one.',
  'Try {t}.',
  'You should watch {t}, it is great.',
  'Ok, then {t}?',
  'I really liked {t}.',
  '{t} comes to mind.',
  'have you heard of {t}?',
  'I can suggest {t}',
];

export const questions = [
  'What kind of movies do you like?',
  'What are you in the mood for?',
  'Can you tell me more about what you like?',
  'Any actors or genres you like?',
  'What should it be like?',
  'Any particular time you like movies from?',
];

/** What a recommender says that recommends nothing, and leads a talk astray. */
export const pleasantries = [
  'I hope that helps!',
  'You are welcome.',
  "It's a really good one.",
  'I have not seen that one yet.',
  'I hope you like it!',
  'I thought that was a good movie.',
  'Glad to help!',
  'I really enjoyed it.',
  "I haven't seen it, but I heard it is good.",
  'Have a great night!',
  'Ok, I will check it out.',
  'Hello!',
  'Great!',
  'I love that kind of movie.',
  'It has a great cast.',
  'Sorry about that.',
  'Anything else?',
  'Did you like it?',
];

export const farewells = [
  'Enjoy the movie! Bye.',
  'Great, have fun!',
  'You are welcome, enjoy!',
  'I hope you like it!',
  'Glad I could help, bye!',
];

type Kind = keyof ByKind;
const phrases = { firstWish, wish, dislike, lacks, praise } as const;

/** "a comedy and crime movie with Ann Example from the 1990s". */
function together(wishes: readonly (Attribute & { kind: Kind })[]): string {
  const values = (kind: Kind) =>
    wishes.filter((wish) => wish.kind === kind).map(({ value }) => value);
  const [categories, people, decades] = [values('category'), values('person'), values('decade')];
  const named = [...(categories.length > 0 ? [categories.join(' and ')] : []), 'movie'].join(' ');
  return [
    /^[aeiou]/.test(named) ? 'an' : 'a',
    named,
    ...(people.length > 0 ? [`with ${people.join(' and ')}`] : []),
    ...(decades.length > 0 ? [`from the ${decades.join(' or the ')}`] : []),
  ].join(' ');
}

/** A sentence about several wishes. */
export function aboutTogether(
  wishes: readonly (Attribute & { kind: Kind })[],
  random: Random,
): string {
  return pick(wishesTogether, random).replaceAll('{v}', together(wishes));
}

/** A sentence about an attribute. */
export function about(
  what: keyof typeof phrases,
  attribute: Attribute,
  kind: Kind,
  random: Random,
): string {
  return pick(phrases[what][kind], random).replaceAll('{v}', attribute.value);
}
