import { everydayBits } from './everyday-words';
import { isPartWord, numeralValue } from './numerals';
import type { TextFrame } from './evidence';
import type { Token } from './text';
import type { TitleIndex, TitleKey } from './title-index';
import { isArticle } from './title-forms';
import { phrasesAt, type TrieNode } from './trie';

/** A run of words that a title's form matches, not yet weighed. */
export interface Candidate {
  from: number;
  to: number;
  keys: readonly TitleKey[];
  /** Typing slips in all; 0 for an exact match. */
  slips: number;
  /** UTF-16 range in the text, a year that belongs to it included. */
  start: number;
  end: number;
  /** The year said with it; `null` when none. */
  year: number | null;
}

/** Everyday words up to this surprise are read as meant, never as a slip for another word. */
const surelyMeant = 15;
const earliestYear = 1880;
const latestYear = 2035;
const unitWords = new Set(
  'times time hours hour years year stars days weeks out of or more'.split(' '),
);

type Variant = { word: string; slips: number };

function isPlural(a: string, b: string): boolean {
  return a === `${b}s` || b === `${a}s` || a === `${b}es` || b === `${a}es`;
}

/** The title words that a word may be a slip for. */
function variantsOf(token: Token, index: TitleIndex): readonly Variant[] {
  const bits = everydayBits.get(token.norm);
  if (bits !== undefined && bits <= surelyMeant) return [];
  return index.near.near(token.norm);
}

/** A lone word is a slip for a lone-word title only if it is no word of its own, nor nearer to one. */
function loneSlipIsLikely(
  word: string,
  meant: string,
  variants: readonly Variant[],
  index: TitleIndex,
) {
  if (word.length < 4 || everydayBits.has(word) || index.vocabulary.has(word)) return false;
  if (isPlural(word, meant)) return false;
  const slips = variants.find((variant) => variant.word === meant)?.slips ?? 0;
  if (word.length < 9 && slips > 1) return false;
  return !variants.some(
    (variant) =>
      variant.word !== meant &&
      variant.slips <= slips &&
      (everydayBits.get(variant.word) ?? Infinity) <= surelyMeant,
  );
}

function slipBound(words: readonly string[]): number {
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  if (letters < 10) return 1;
  return letters < 20 ? 2 : 3;
}

/** Whether the marks between the words allow them to be one title. */
function gapsFit(frame: TextFrame, from: number, to: number, key: TitleKey): boolean {
  for (let i = from + 1; i < to; i++) {
    const before = frame.tokens[i - 1];
    const token = frame.tokens[i];
    if (before === undefined || token === undefined) return false;
    const gap = frame.text.slice(before.end, token.start);
    if (gap.includes('\n') || gap.length > 5) return false;
    const abbreviated = before.norm.length <= 4 && gap.startsWith('.');
    if (!key.loose && !abbreviated && /[.!?;()"“”|]/.test(gap)) return false;
  }
  if (key.change !== 'moved') return true;
  const last = frame.tokens[to - 1];
  const before = frame.tokens[to - 2];
  if (last === undefined || before === undefined) return false;
  return frame.text.slice(before.end, last.start).includes(',');
}

/** True when a number follows that makes it another film of the series: "Toy Story" + "9". */
function isOtherPart(frame: TextFrame, to: number, key: TitleKey): boolean {
  const last = key.words[key.words.length - 1];
  if (last !== undefined && numeralValue(last) !== null && key.words.length > 1) return false;
  const before = frame.tokens[to - 1];
  let at = to;
  let token = frame.tokens[at];
  if (before === undefined || token === undefined) return false;
  const gap = frame.text.slice(before.end, token.start);
  if (!/^[\s:,–-]*$/.test(gap) || gap === '') return false;
  const named = isPartWord(token.norm);
  if (named) token = frame.tokens[++at];
  else if (/[,]/.test(gap)) return false;
  if (token === undefined) return false;
  const following = frame.tokens[at + 1]?.norm;
  if (following !== undefined && unitWords.has(following)) return false;
  const value = numeralValue(token.norm);
  if (value === null) return /^\d{4}$/.test(token.norm) && Number(token.norm) > latestYear;
  const spelled = /^[a-z]+$/.test(token.norm);
  if (spelled && !named && (token.norm.length < 2 || !token.capital)) return false;
  return value >= 1 && (value >= 2 || named || !spelled);
}

/** A year after words up to `to`: "(1999)", "1999", ", 1999". */
function yearAfter(
  frame: TextFrame,
  to: number,
): { year: number; end: number; sure: boolean } | null {
  const before = frame.tokens[to - 1];
  const token = frame.tokens[to];
  if (before === undefined || token === undefined || !/^\d{4}$/.test(token.norm)) return null;
  const year = Number(token.norm);
  if (year < earliestYear || year > latestYear) return null;
  const gap = frame.text.slice(before.end, token.start);
  if (!/^["'”’*_]?[\s,]*[([]?\s*$/.test(gap)) return null;
  const open = /[([]/.test(gap);
  const closes = open && /^\s*[)\]]/.exec(frame.text.slice(token.end));
  return { year, end: token.end + (closes ? closes[0].length : 0), sure: open };
}

/** The keys that a year leaves: the same year, else one beside it (festival and release), else a year not known. */
function keysOfYear(keys: readonly TitleKey[], year: number): TitleKey[] {
  const same = keys.filter((key) => key.item.year === year);
  if (same.length > 0) return same;
  const beside = keys.filter(
    (key) => key.item.year !== undefined && Math.abs(key.item.year - year) === 1,
  );
  return beside.length > 0 ? beside : keys.filter((key) => key.item.year === undefined);
}

function candidateOf(
  frame: TextFrame,
  from: number,
  to: number,
  found: readonly TitleKey[],
  slips: number,
): Candidate | null {
  const first = frame.tokens[from];
  const last = frame.tokens[to - 1];
  if (first === undefined || last === undefined) return null;
  const keys = found.filter((key) => gapsFit(frame, from, to, key) && !isOtherPart(frame, to, key));
  if (keys.length === 0) return null;
  const plain = { from, to, keys, slips, start: first.start, end: last.end, year: null };
  const said = yearAfter(frame, to);
  if (said === null) return plain;
  const left = keysOfYear(keys, said.year);
  if (left.length > 0) return { ...plain, keys: left, end: said.end, year: said.year };
  return said.sure ? null : plain;
}

/** Every run of words that is a title's form, exactly or with slips; the same words may lie in many. */
export function findCandidates(frame: TextFrame, index: TitleIndex): Candidate[] {
  const { tokens } = frame;
  const variants = new Map<number, readonly Variant[]>();
  const found: Candidate[] = [];
  const variantsAt = (i: number, token: Token) => {
    const known = variants.get(i);
    if (known !== undefined) return known;
    const fresh = variantsOf(token, index);
    variants.set(i, fresh);
    return fresh;
  };
  /** Keys of the same words without their article: "the Black Panther" may mean "Black Panther". */
  const bare = (from: number, to: number): readonly TitleKey[] => {
    if (to - from < 2 || !isArticle(tokens[from]?.norm ?? '')) return [];
    const hit = phrasesAt(index.trie, tokens, from + 1).find((one) => one.length === to - from - 1);
    return (hit?.values ?? []).map((key) => ({ ...key, rank: key.rank === 0 ? 1 : key.rank }));
  };
  const walk = (node: TrieNode<TitleKey>, from: number, i: number, slips: number) => {
    if (node.values !== null && i > from) {
      const only = i - from === 1 ? tokens[from] : undefined;
      const keys =
        slips === 0
          ? node.values
          : node.values.filter(
              (key) =>
                slips <= slipBound(key.words) &&
                (only === undefined ||
                  loneSlipIsLikely(only.norm, key.words[0] ?? '', variantsAt(from, only), index)),
            );
      const candidate =
        keys.length === 0 ? null : candidateOf(frame, from, i, [...keys, ...bare(from, i)], slips);
      if (candidate !== null) found.push(candidate);
    }
    const token = tokens[i];
    if (token === undefined || node.next === null) return;
    const exact = node.next.get(token.norm);
    if (exact !== undefined) walk(exact, from, i + 1, slips);
    if (slips >= 3 || token.norm.length < 3) return;
    for (const variant of variantsAt(i, token)) {
      const child = node.next.get(variant.word);
      if (child !== undefined && slips + variant.slips <= 3) {
        walk(child, from, i + 1, slips + variant.slips);
      }
    }
  };
  for (let from = 0; from < tokens.length; from++) walk(index.trie, from, from, 0);
  return found;
}
