import type { Turn } from '../contracts/dialogue';

/** Text as it is searched: compatible forms made one, no case, no accents, one space between words. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Turns as the text search reads them: a line each, so that a line's number is its turn's. */
export function foldTurns(turns: readonly Pick<Turn, 'text'>[]): string {
  return turns.map(({ text }) => `${foldText(text)}\n`).join('');
}
