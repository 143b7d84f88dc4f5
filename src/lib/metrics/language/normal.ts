import { spacedWords } from '../text/corpus';

/** A text by its words alone: lower case, punctuation and spacing aside. */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, ' ')
    .trim();
}

/** How many words stand between white space. */
export function countWords(text: string): number {
  return spacedWords(text).length;
}
