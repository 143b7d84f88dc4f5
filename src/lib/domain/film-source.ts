import { LabError } from '../contracts';

/** A film as the source file (ReDial ids with facts compiled by iEvaLM-CRS) has it, read but not yet judged. */
export interface SourceFilm {
  id: string;
  title: string;
  /** `null` where the source names none. */
  year: number | null;
  genres: readonly string[];
  directors: readonly string[];
  stars: readonly string[];
  /** The number in its IMDb id: roughly in order of year, which tells wrong matches. */
  number: number;
}

function textsOf(value: unknown, where: string): string[] {
  if (!Array.isArray(value)) {
    throw new LabError('bad-input', `${where} must be a list. Is this the file id2info.json?`);
  }
  return [...new Set(value.map((entry) => String(entry).trim()).filter((text) => text !== ''))];
}

/** "Title (1999)" as title and year. */
export function splitYear(name: string): { title: string; year: number | null } {
  const plain = name.replace(/\s+/g, ' ').trim();
  const match = /^(.+?) ?\((\d{4})\)$/.exec(plain);
  return match?.[1] === undefined
    ? { title: plain, year: null }
    : { title: match[1], year: Number(match[2]) };
}

/**
 * Reads the film facts by id; plots and writers are left where they are.
 * Errors: `bad-input`, naming the film.
 */
export function parseFilms(json: unknown): SourceFilm[] {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new LabError('bad-input', 'The film file must be one object, films by id.');
  }
  return Object.entries(json).map(([id, value]) => {
    const film = value as Record<string, unknown> | null;
    if (typeof film?.name !== 'string') {
      throw new LabError('bad-input', `Film "${id}" has no name. Is this the file id2info.json?`);
    }
    return {
      id,
      ...splitYear(film.name),
      genres: textsOf(film.genre, `Film "${id}": genre`),
      directors: textsOf(film.director, `Film "${id}": director`),
      stars: textsOf(film.star, `Film "${id}": star`),
      number: Number(String(film.imdb_id).replace(/\D/g, '')),
    };
  });
}
