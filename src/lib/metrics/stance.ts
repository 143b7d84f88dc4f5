import { clauseAround } from '../domain/clause';

/** How a text speaks of a thing that it names. */
export type Stance = 'wants' | 'refuses' | 'unclear';

/** Says nothing about taste: "I have not seen it", "I don't mind". */
const idle =
  /\b(?:(?:haven't|have not|havent|hasn't|didn't|did not|never|not)\s+(?:\w+\s+)?(?:seen|see|watched|watch|heard)|don'?t mind|do not mind|not only|no problem|why not|don'?t know|do not know)\b/gi;

/** A person turns something down, in the words before it. */
const ownRefusal =
  /\b(?:i|i'm|im|we)\b.*\b(?:don'?t|do not|not|never|no|hate|dislike|can'?t|cannot|can not|avoid|sick of|tired of|won'?t)\b/i;
/** The same without a subject, right before the thing. */
const bareRefusal =
  /(?:^|,)\W*(?:please\W+)?(?:and\W+)?(?:no|not|nothing|without|avoid|except|anything but|never)(?:\W+[\w']+){0,3}\W*$/i;
const refusalAfter = /^(?:\s+[\w']+){0,2}\s+(?:isn'?t|is not|are not|aren'?t) (?:for me|my)\b/i;

/** "No horror in it": a film is spoken of. */
const aboutThing = /^\s*(?:there|in (?:it|this|that|there|them)|here|at all)\b/i;

/** Something else is spoken of, or the thing is doubted or turned down in other words: no wish can be read from it. */
const doubtful =
  /\b(?:not|never|no|none|hate[ds]?|dislike[ds]?|avoid|without|except|besides|than|instead|enough|too|less|lacks?|lacking|missing|isn't|wasn't|don't|didn't|doesn't|can't|cannot|won't|aren't|dont|didnt|isnt|wasnt|doesnt|sick of|tired of|nothing|neither|nor|it is|it's|its|that is|that's|thats|this is|which is|is a|was a|has|looks|sounds|seems|rather|skip|pass)\b/i;
const doubtfulAfter = /\b(?:not|isn't|aren't|too|again|puts? me off|bores?|for me)\b/i;

/**
 * Whether the words around a thing say that the speaker wants it or turns it down: rules for English that say
 * `unclear` rather than be wrong. `start` and `end` are the thing's place in the text.
 */
export function stanceAt(text: string, start: number, end: number): Stance {
  const { before, after } = clauseAround(text, start, end);
  const told = before.replace(idle, ' ');
  if (ownRefusal.test(told) || bareRefusal.test(told) || refusalAfter.test(after)) {
    if (aboutThing.test(after)) return 'unclear';
    // "I do not think that there is any horror in it" is about a film.
    return /\b(?:think|it|that|this|there|one)\b/i.test(told) ? 'unclear' : 'refuses';
  }
  return doubtful.test(told) || doubtfulAfter.test(after) ? 'unclear' : 'wants';
}

const liking =
  /\b(?:love[ds]?|lik(?:e|ed|es)|enjoy(?:ed|s)?|favou?rites?|great|amazing|awesome|excellent|fantastic)\b/i;
const disliking =
  /\b(?:hate[ds]?|dislike[ds]?|boring|awful|terrible|worst|(?:didn't|did not|don't|do not|never) (?:really )?(?:like|love|enjoy|care)[ds]?|not a fan)\b/i;

/** What a text says of an item that it names; `null` where it gives no opinion. */
export function opinionAt(text: string, start: number, end: number): 'likes' | 'dislikes' | null {
  const { before, after } = clauseAround(text, start, end);
  const clause = `${before} ${after}`;
  if (disliking.test(clause)) return 'dislikes';
  // "Something like It" compares.
  const own = clause.replace(/\b(?:something|anything|films?|movies?|one|ones|more) like\b/gi, ' ');
  return liking.test(own) && !/\b(?:not|n't|never|less)\b/i.test(own) ? 'likes' : null;
}
