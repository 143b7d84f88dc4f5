import type { Item } from '../contracts/catalogue';
import { isEverydayWord } from '../domain/evidence';
import { wordsOf } from '../domain/text';

const quotes = [
  ['"', '"'],
  ["'", "'"],
  ['\u201c', '\u201d'],
  ['\u2018', '\u2019'],
] as const;

/**
 * Whether a text names an item by its whole title, case and all. A title of everyday words ("It", "Up") is
 * told from talk only by its label or by quotes. `allowed` are longer phrases that the text may rightly
 * hold, such as another item's label or a person's name: a title within one of them is not meant.
 * Stricter than linking, which reads talk: this must not take a prompt's own words for a title.
 */
export function namesItem(text: string, item: Item, allowed: readonly string[] = []): boolean {
  if (hasWhole(text, item.label)) return true;
  return [item.title, ...item.aliases].some((title) => {
    const rest = allowed
      .filter((phrase) => phrase !== title && phrase.includes(title))
      .sort((a, b) => b.length - a.length)
      .reduce((left, phrase) => left.replaceAll(phrase, '\u0000'), text);
    return isEveryday(title) ? isQuoted(rest, title) : hasWhole(rest, title);
  });
}

function isQuoted(text: string, title: string): boolean {
  return quotes.some(([open, close]) => text.includes(`${open}${title}${close}`));
}

function isEveryday(title: string): boolean {
  return wordsOf(title).every((word) => isEverydayWord(word) || /^\d+$/.test(word));
}

function hasWhole(text: string, phrase: string): boolean {
  return !wholeAt(text, phrase).next().done;
}

/** Where the phrase stands with no letter or digit beside it. */
function* wholeAt(text: string, phrase: string): Generator<number> {
  if (phrase === '') return;
  const isWordUnit = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const around = [text.slice(0, at).at(-1), text[at + phrase.length]];
    if (!around.some((unit) => unit !== undefined && isWordUnit.test(unit))) yield at;
  }
}

/** Where a text names an item by its whole title: the places that `namesItem` goes by, in order, none within another. */
export function titleSpans(text: string, item: Item): { start: number; end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const phrases = [
    item.label,
    ...[item.title, ...item.aliases].flatMap((title) =>
      isEveryday(title) ? quotes.map(([open, close]) => `${open}${title}${close}`) : [title],
    ),
  ].sort((a, b) => b.length - a.length);
  for (const phrase of phrases) {
    for (const start of wholeAt(text, phrase)) {
      const end = start + phrase.length;
      if (spans.every((span) => end <= span.start || start >= span.end)) spans.push({ start, end });
    }
  }
  return spans.sort((a, b) => a.start - b.start);
}
