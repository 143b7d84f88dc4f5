import { everydayBits } from './everyday-words';
import { isArticle } from './title-forms';
import type { Token } from './text';

/**
 * How sure a run of words is a title and not talk: the surprise of its words in bits, plus what speaks for it
 * (a capital within a sentence, quotes, "watched ..."). The weights were set on validation dialogues;
 * `test/bars/linking.ts` measures what they give on others.
 */
export const evidenceNeeded = 20;

const unknownWordBits = 20;
const unknownShortWordBits = 14;
const numberBits = 10;
const articleBits = 1;
const capitalBonus = 12;
const quoteBonus = 20;
const wholeTextBonus = 8;
const strongCueBonus = 5;
const weakCueBonus = 2;
const placeMalus = 4;

const strongCues = new Set(
  (
    'watch watched watching rewatch rewatched saw seen recommend recommended suggest suggested called ' +
    'titled named movie film movies films game games like'
  ).split(' '),
);
const weakCues = new Set('see love loved loving liked enjoyed enjoy try about hated'.split(' '));
const placeWords = new Set('in from at near'.split(' '));
/** Written with a capital whether or not they are a title. */
const alwaysCapital = new Set(
  (
    'i im ill ive id monday tuesday wednesday thursday friday saturday sunday january february march april ' +
    'may june july august september october november december christmas halloween easter thanksgiving ' +
    'english american america british french italian mexican chinese japanese ok okay lol god dvd tv'
  ).split(' '),
);
const lightWords = new Set('of and to in on at for with from by vs is my your'.split(' '));

/** Surprise of one word in bits. */
export function wordBits(word: string): number {
  if (isArticle(word)) return articleBits;
  if (/^\d+$/.test(word)) return word.length >= 4 ? unknownShortWordBits : numberBits;
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
    if (!token.capital) return false;
    if (!frame.opens[i] && !alwaysCapital.has(token.norm)) inside = true;
  }
  return inside && !capitalsAreIdle(frame, from, to);
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
  if (isCapitalised(frame, from, to)) bits += capitalBonus;
  if (from === 0 && to === tokens.length) bits += wholeTextBonus;
  let at = from - 1;
  const article = tokens[at];
  if (article !== undefined && isArticle(article.norm)) at--;
  const before = frame.opens[from] ? undefined : tokens[at]?.norm;
  if (before !== undefined) {
    if (strongCues.has(before)) bits += strongCueBonus;
    else if (weakCues.has(before)) bits += weakCueBonus;
    else if (to - from === 1 && placeWords.has(before)) bits -= placeMalus;
  }
  return bits;
}
