const roman = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii', 'xiii'];
const words = [
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
];
/** Words before a sequel's number: "Part II", "Chapter 2", "Vol. 2". */
const partWords = new Set(['part', 'chapter', 'volume', 'vol', 'episode', 'pt']);

const romanToDigits = new Map(roman.map((numeral, i) => [numeral, String(i + 1)]));
const wordToDigits = new Map(words.map((word, i) => [word, String(i + 1)]));
const digitsToRoman = new Map(roman.map((numeral, i) => [String(i + 1), numeral]));
const digitsToWord = new Map(words.map((word, i) => [String(i + 1), word]));

/** "2", "ii" or "two" as a number, 1 to 999; `null` for any other word. */
export function numeralValue(word: string): number | null {
  if (/^\d{1,3}$/.test(word)) return Number(word);
  const digits = romanToDigits.get(word) ?? wordToDigits.get(word);
  return digits === undefined ? null : Number(digits);
}

export function isPartWord(word: string): boolean {
  return partWords.has(word);
}

function replaced(
  tokens: readonly string[],
  table: ReadonlyMap<string, string>,
  from: number,
): string[] {
  return tokens.map((token, i) => (i < from ? token : (table.get(token) ?? token)));
}

/**
 * The other ways to write a title's numbers: roman, digits, words, "Part II" as "2". Roman numerals and
 * words are left alone where they are the whole title or open it ("X", "Seven").
 */
export function numeralVariants(tokens: readonly string[]): string[][] {
  if (tokens.length < 2) return [];
  const digits = replaced(replaced(tokens, romanToDigits, 1), wordToDigits, 1);
  const variants = [
    replaced(tokens, romanToDigits, 1),
    replaced(tokens, wordToDigits, 1),
    replaced(tokens, digitsToRoman, 1),
    replaced(tokens, digitsToWord, 0),
    digits,
  ];
  const last = digits.length - 1;
  for (let i = 1; i < last; i++) {
    const word = digits[i];
    const next = digits[i + 1];
    if (word !== undefined && next !== undefined && isPartWord(word) && /^\d+$/.test(next)) {
      variants.push([...digits.slice(0, i), ...digits.slice(i + 1)]);
    }
  }
  const end = digits[last];
  // "Rocky Part 2" for "Rocky II".
  if (end !== undefined && /^\d{1,2}$/.test(end) && !isPartWord(digits[last - 1] ?? '')) {
    variants.push([...digits.slice(0, last), 'part', end]);
  }
  return variants.flatMap((variant) => [variant, replaced(variant, digitsToWord, 1)]);
}
