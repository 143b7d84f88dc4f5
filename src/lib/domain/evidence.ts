import { everydayBits } from './everyday-words';
import { isArticle } from './title-forms';
import type { Token } from './text';

/**
 * How sure a run of words is a title and not talk: the surprise of its words in bits, plus what speaks for it
 * (a capital within a sentence, quotes, "watched ..."). The weights were set on validation dialogues;
 * `test/bars/linking.ts` measures what they give on others.
 */
export const evidenceNeeded = 18;

const unknownWordBits = 22;
const unknownShortWordBits = 14;
const numberBits = 10;
const articleBits = 1;
/** A lone letter or digit. */
const letterBits = 6;
const capitalBonus = 12;
/** For words so common that a stray capital is likelier: "It", "They". */
const commonCapitalBonus = 6;
const commonBelow = 7;
const quoteBonus = 20;
const wholeTextBonus = 8;
const strongCueBonus = 5;
const weakCueBonus = 4;
const verdictBonus = 5;
/** A noun without an article that opens a sentence as its subject: "Insidious made ...". */
const subjectBonus = 4;
const placeMalus = 4;
export const nameMalus = 12;
/** For "the new It" and "Also, It ...". */
const commonCueBonus = 12;
const idiomMalus = 16;
const articleMalus = 12;
const calendarMalus = 8;

const strongCues = new Set(
  (
    'watch watched watching rewatch rewatched saw seen recommend recommended suggest suggested called ' +
    'titled named movie film movies films game games like'
  ).split(' '),
);
/** Between a cue and its title: "heard of ...", "my favourite is ...". */
const linkWords = new Set('is was be of to about in see'.split(' '));
const leadWords = new Set(
  (
    'what how probably would heard favorite favourite fav one remake sequel prequel similar fan called reminds version ' +
    'director star cast ending loved liked enjoyed him her you great good amazing funny hilarious'
  ).split(' '),
);
/** "the new it": only a title has versions. */
const versionWords = new Set('new newer newest old older original'.split(' '));
const subjectVerbs = new Set(
  'is was has had stars made makes looks looked sounds seems might with by'.split(' '),
);
/** After these no new sentence begins, so that a capital is meant: "check out It". */
const runOnWords = new Set('is was out of with about the new'.split(' '));
/** What may stand before a title that is the whole answer. */
const openers = new Set('or and maybe yes no ok okay oh also probably um hmm'.split(' '));
const seriesWords = new Set('franchise trilogy series remake sequel sequels reboot'.split(' '));
const verdictWords = new Set(
  (
    'good great funny favorite favorites fav favourite awesome amazing classic hilarious excellent scary best cool ' +
    'alright okay ok interesting cute movie film boring terrible bad worst'
  ).split(' '),
);
const weakCues = new Set('see love loved loving liked enjoyed enjoy try about hated'.split(' '));
const placeWords = new Set('in at near'.split(' '));
/** Written with a capital whether or not they are a title. */
const alwaysCapital = new Set(
  (
    'i im ill ive id monday tuesday wednesday thursday friday saturday sunday january february march april ' +
    'may june july august september october november december christmas halloween easter thanksgiving ' +
    'hollywood bollywood sundays fridays english american america british french italian mexican chinese japanese ok okay lol god dvd tv'
  ).split(' '),
);
/** Set phrases that are also titles. */
const idioms = new Set(
  (
    'anything else|date night|old school|sure thing|checking out|young adult|my life|your life|all the way|over the top|' +
    'love story|cat and mouse|cops and robbers|perfect match|day of the dead|white christmas|oh god|the way back|' +
    'our house|true crime|funny people|just go with it|the other|good time|true story|the end|new year|big time|' +
    'best friends|happy endings|coming home|coming soon|family man|good boy|dead man|real life|the best of me|' +
    'about time|good will|next day|first time|short time|no way out|about last night|the one|in time'
  ).split('|'),
);
const lightWords = new Set('of and to in on at for with from by vs is my your'.split(' '));

/** Surprise of one word in bits. */
export function wordBits(word: string): number {
  if (isArticle(word)) return articleBits;
  if (/^\d+$/.test(word)) return word.length >= 4 ? unknownShortWordBits : numberBits;
  if (word.length === 1) return letterBits;
  return everydayBits.get(word) ?? (word.length >= 4 ? unknownWordBits : unknownShortWordBits);
}

/** True for a word that people use in talk without meaning a title. */
export function isEverydayWord(word: string): boolean {
  return isArticle(word) || everydayBits.has(word);
}

/** A text with what evidence needs to know of it, computed once. */
export interface TextFrame {
  text: string;
  tokens: readonly Token[];
  /** By token: whether it opens a sentence. */
  opens: readonly boolean[];
}

export function frameOf(text: string, tokens: readonly Token[]): TextFrame {
  const opens = tokens.map((token, i) => {
    const before = tokens[i - 1];
    return before === undefined || /[.!?:;\n…"“]/.test(text.slice(before.end, token.start));
  });
  return { text, tokens, opens };
}

/** True when capitals say nothing because most other words of the text have one too. */
function capitalsAreIdle(frame: TextFrame, from: number, to: number): boolean {
  let words = 0;
  let capitals = 0;
  frame.tokens.forEach((token, i) => {
    if ((i >= from && i < to) || frame.opens[i] || alwaysCapital.has(token.norm)) return;
    if (/\d/.test(token.norm)) return;
    words++;
    if (token.capital) capitals++;
  });
  return words >= 2 && capitals / words > 0.5;
}

function isCapitalised(frame: TextFrame, from: number, to: number): boolean {
  let inside = false;
  for (let i = from; i < to; i++) {
    const token = frame.tokens[i];
    if (token === undefined || /\d/.test(token.norm)) continue;
    if (i > from && (lightWords.has(token.norm) || isArticle(token.norm))) continue;
    if (!token.capital || (token.shouted && everydayBits.has(token.norm))) return false;
    if (!frame.opens[i] && !alwaysCapital.has(token.norm)) inside = true;
  }
  return inside && !capitalsAreIdle(frame, from, to);
}

function wordBitsOf(tokens: readonly Token[], from: number, to: number): number {
  return tokens.slice(from, to).reduce((sum, token) => sum + wordBits(token.norm), 0);
}

/** What precedes a title: "watched", "heard of", "my favourite is". */
function cueBits(frame: TextFrame, from: number): number {
  const words = frame.tokens;
  let at = from - 1;
  if (isArticle(words[at]?.norm ?? '')) at--;
  if (at < 0 || frame.opens[from]) return 0;
  const word = words[at]?.norm ?? '';
  if (strongCues.has(word)) return strongCueBonus;
  const before = words[at - 1]?.norm ?? '';
  if (linkWords.has(word) && (strongCues.has(before) || leadWords.has(before))) {
    return strongCueBonus;
  }
  return weakCues.has(word) ? weakCueBonus : 0;
}

/** A verdict or a kind of thing right after: "... was really good", "... franchise". */
function isJudged(frame: TextFrame, to: number): boolean {
  const words = frame.tokens.slice(to, to + 6).map((token) => token.norm);
  const [next = '', ...rest] = words;
  if (seriesWords.has(next)) return true;
  return (next === 'is' || next === 'was') && rest.some((word) => verdictWords.has(word));
}

/** True when a capitalised word stands right beside: the run is likely a part of someone's name. */
function isInName(frame: TextFrame, from: number, to: number): boolean {
  const capital = (i: number) => {
    const token = frame.tokens[i];
    if (token === undefined || !token.capital || token.shouted) return false;
    if (alwaysCapital.has(token.norm)) return false;
    return !frame.opens[i] || !isEverydayWord(token.norm);
  };
  const touches = (i: number) => {
    const [left, right] = [frame.tokens[i - 1], frame.tokens[i]];
    return (
      left !== undefined && right !== undefined && frame.text.slice(left.end, right.start) === ' '
    );
  };
  return (capital(from - 1) && touches(from)) || (capital(to) && touches(to));
}

function isQuoted(frame: TextFrame, start: number, end: number): boolean {
  const before = frame.text.slice(Math.max(0, start - 1), start);
  const after = frame.text.slice(end, end + 2);
  return /["“”‘*_«]|'/.test(before) && /^[.,!?]?["“”’*_»']/.test(after);
}

/** What the neighbourhood of words `from` to `to` (half open) adds to their own bits. */
export function contextBits(frame: TextFrame, from: number, to: number): number {
  const { tokens } = frame;
  const first = tokens[from];
  const last = tokens[to - 1];
  if (first === undefined || last === undefined) return 0;
  let bits = 0;
  if (isQuoted(frame, first.start, last.end)) bits += quoteBonus;
  const common = wordBitsOf(tokens, from, to) <= commonBelow;
  const capitalised = isCapitalised(frame, from, to);
  if (capitalised) bits += common ? commonCapitalBonus : capitalBonus;
  if (to - from === 1 && first.capital && isInName(frame, from, to)) bits -= nameMalus;
  const said = tokens
    .slice(from, to)
    .map((token) => token.norm)
    .join(' ');
  if (!capitalised && idioms.has(said)) bits -= idiomMalus;
  // "the heat" is no title's "Heat", nor "a rush" "Rush".
  const article = tokens[from - 1];
  if (to - from === 1 && !first.capital && article !== undefined && isArticle(article.norm)) {
    if (isEverydayWord(first.norm)) bits -= articleMalus;
  }
  if (to - from === 1 && alwaysCapital.has(first.norm)) bits -= calendarMalus;
  const opener = from === 1 && openers.has(tokens[0]?.norm ?? '');
  if ((from === 0 || opener) && to === tokens.length) bits += wholeTextBonus;
  bits += cueBits(frame, from);
  if (!common && isJudged(frame, to)) bits += verdictBonus;
  if (!common && frame.opens[from] && subjectVerbs.has(tokens[to]?.norm ?? ''))
    bits += subjectBonus;
  const before = frame.opens[from] ? undefined : tokens[from - 1];
  if (before !== undefined && first.capital && to - from === 1 && placeWords.has(before.norm)) {
    bits -= placeMalus;
  }
  if (common && before !== undefined) {
    const afterComma = first.capital && frame.text.slice(before.end, first.start).includes(',');
    if (afterComma || versionWords.has(before.norm)) bits += commonCueBonus;
    else if (first.capital && !first.shouted && runOnWords.has(before.norm)) {
      bits += commonCueBonus / 2;
    }
  }
  return bits;
}
