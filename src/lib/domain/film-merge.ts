import { numeralValue } from './numerals';
import type { SourceFilm } from './film-source';
import { isArticle } from './title-forms';
import { wordsOf } from './text';

/** One film, with the other entries of the source that mean it. */
export interface MergedFilm {
  film: SourceFilm;
  aliases: string[];
  /** Ids of the entries merged into it. */
  others: string[];
}

function keyWords(title: string): string[] {
  const words = wordsOf(title);
  return words.length > 1 && isArticle(words[0] ?? '') ? words.slice(1) : words;
}

/** True when one entry is a short name of the other: "Austin Powers", without a number after it. */
function isShortNameOf(short: readonly string[], long: readonly string[]): boolean {
  if (short.length === 0 || short.length >= long.length) return false;
  if (!short.every((word, i) => long[i] === word)) return false;
  return numeralValue(long[short.length] ?? '') === null;
}

/** Working titles: Annabelle 2 is Annabelle: Creation, Fast 8 is The Fate of the Furious. */
const knownSame: Readonly<Record<string, string>> = { '144779': '205266', '144811': '204707' };

/** Whether two entries with one IMDb id are one film. */
function sameFilm(a: SourceFilm, b: SourceFilm): boolean {
  if (knownSame[a.id] === b.id || knownSame[b.id] === a.id) return true;
  const [wordsA, wordsB] = [keyWords(a.title), keyWords(b.title)];
  const sameTitle = wordsA.join('') === wordsB.join('');
  if (a.year !== null && b.year !== null) return sameTitle && Math.abs(a.year - b.year) <= 1;
  if (sameTitle) return true;
  const [undated, dated] = a.year === null ? [wordsA, wordsB] : [wordsB, wordsA];
  return a.year !== b.year && isShortNameOf(undated, dated);
}

/** The entry that stands for its group: with a year, then the more often named, then by id. */
function better(a: SourceFilm, b: SourceFilm, mentions: (id: string) => number): number {
  return (
    Number(b.year !== null) - Number(a.year !== null) ||
    mentions(b.id) - mentions(a.id) ||
    (a.id < b.id ? -1 : 1)
  );
}

/**
 * Merges entries that mean one film: the same IMDb id and the same title (articles, marks and spaces ignored) with
 * years at most one apart, or one of them undated; or an undated short name of a dated title.
 */
export function mergeFilms(
  films: readonly SourceFilm[],
  mentions: (id: string) => number,
): MergedFilm[] {
  const byNumber = new Map<number, SourceFilm[]>();
  for (const film of films) {
    byNumber.set(film.number, [...(byNumber.get(film.number) ?? []), film]);
  }
  const merged: MergedFilm[] = [];
  for (const group of byNumber.values()) {
    const kept: MergedFilm[] = [];
    for (const film of [...group].sort((a, b) => better(a, b, mentions))) {
      const same = kept.find((other) => sameFilm(other.film, film));
      if (same === undefined) {
        kept.push({ film, aliases: [], others: [] });
        continue;
      }
      same.others.push(film.id);
      const names = [same.film.title, ...same.aliases].map((title) => title.toLowerCase());
      if (!names.includes(film.title.toLowerCase())) same.aliases.push(film.title);
    }
    merged.push(...kept);
  }
  return merged;
}
