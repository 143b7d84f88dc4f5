import { spacedWords } from '../text/corpus';

/** How many words stand between white space. */
export function countWords(text: string): number {
  return spacedWords(text).length;
}
