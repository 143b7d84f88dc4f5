import type { Item } from '../contracts';
import { isEverydayWord, wordBits } from '../domain/evidence';
import { numeralValue, isPartWord } from '../domain/numerals';
import { containsRun, tokenize, wordsOf } from '../domain/text';
import { isArticle, titleParts } from '../domain/title-forms';

/** Leading words that two titles share must be this surprising to be a series' name ("Jurassic", not "American"). */
const seriesBits = 15;
/** Names of everyday words up to this surprise count only where they are written as a title. */
const talkBits = 18;

function bare(words: readonly string[]): string[] {
  return words.length > 1 && isArticle(words[0] ?? '') ? words.slice(1) : [...words];
}

function bitsOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + (isArticle(word) ? 0 : wordBits(word)), 0);
}

/** Words up to a sequel's number or part: "Toy Story" of "Toy Story 2". */
function beforeNumber(words: readonly string[]): string[] {
  const at = words.findIndex(
    (word, i) => i > 0 && (isPartWord(word) ? i + 1 < words.length : numeralValue(word) !== null),
  );
  return at < 0 ? [...words] : words.slice(0, at);
}

/** The names by which an item or its series could be given away: titles, heads before a colon, words before a number. */
export function givingNames(item: Item): string[][] {
  const names = [item.title, ...item.aliases].flatMap((title) => {
    const head = titleParts(title)?.head;
    return [title, ...(head === undefined ? [] : [head])].flatMap((text) => {
      const words = bare(wordsOf(text));
      return [words, beforeNumber(words)];
    });
  });
  const unique = new Map(names.map((name) => [name.join(' '), name]));
  unique.delete('');
  return [...unique.values()];
}

/** True when both titles are of one series, or one title holds the other's name; rather too often than too seldom. */
export function sharesSeries(a: Item, b: Item): boolean {
  const [namesA, namesB] = [givingNames(a), givingNames(b)];
  return namesA.some((nameA) =>
    namesB.some((nameB) => {
      const [short, long] = nameA.length <= nameB.length ? [nameA, nameB] : [nameB, nameA];
      if (
        containsRun(long, short) &&
        (bitsOf(short) >= seriesBits || long.length === short.length)
      ) {
        return true;
      }
      let shared = 0;
      while (shared < short.length && short[shared] === long[shared]) shared++;
      if (shared === short.length) return true;
      return shared > 0 && bitsOf(short.slice(0, shared)) >= seriesBits;
    }),
  );
}

/** True when the name stands in the text as a title would: capitalised, not merely at a sentence's start. */
function standsAsTitle(text: string, name: readonly string[]): boolean {
  const tokens = tokenize(text);
  return tokens.some((token, i) => {
    const run = tokens.slice(i, i + name.length);
    if (run.length < name.length || run.some((word, j) => word.norm !== name[j])) return false;
    const before = tokens[i - 1];
    const opens = before === undefined || /[.!?]/.test(text.slice(before.end, token.start));
    return run.every((word) => word.capital) && (!opens || name.length > 1);
  });
}

/** True when the text says the item's title, a near-title or its series' name. */
export function givesAway(text: string, item: Item): boolean {
  const words = wordsOf(text);
  return givingNames(item).some((name) => {
    if (!containsRun(words, name)) return false;
    const common = name.every(isEverydayWord) && bitsOf(name) < talkBits;
    return common ? standsAsTitle(text, name) : true;
  });
}
