/** One word of a text as titles are compared: see `tokenize`. */
export interface Token {
  /** Lower case, without diacritics, apostrophes and inner dots; `&` is "and". */
  norm: string;
  /** Half-open range of UTF-16 units in the text. */
  start: number;
  end: number;
  /** Begins with a capital letter. */
  capital: boolean;
  /** All capitals, two letters or more: as a rule emphasis. */
  shouted: boolean;
}

/** Dotted acronyms ("E.T."), words with inner apostrophes ("What's"), or an ampersand. */
const wordPattern = /(?:\p{L}\.){2,}|[\p{L}\p{N}\p{M}]+(?:['’`´][\p{L}\p{N}\p{M}]+)*|&/gu;

/** Lower case without diacritics and without anything but letters and digits. */
export function normaliseWord(word: string): string {
  if (word === '&') return 'and';
  return word
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The words of a text, in order, with their places. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const raw = match[0];
    const norm = normaliseWord(raw);
    if (norm === '') continue;
    const first = raw.charAt(0);
    tokens.push({
      norm,
      start: match.index,
      end: match.index + raw.length,
      capital: first !== first.toLowerCase(),
      shouted: /\p{Lu}.*\p{Lu}/u.test(raw) && raw === raw.toUpperCase(),
    });
  }
  return tokens;
}

/** The normalised words of a text. */
export function wordsOf(text: string): string[] {
  return tokenize(text).map((token) => token.norm);
}

/** True when `words` holds `part` as an unbroken run. */
export function containsRun(words: readonly string[], part: readonly string[]): boolean {
  if (part.length === 0) return false;
  for (let i = 0; i + part.length <= words.length; i++) {
    if (part.every((word, j) => words[i + j] === word)) return true;
  }
  return false;
}

/** The words of a text alone, case, punctuation and white space evened out: what is equal here is said again. */
export function bareWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
}
