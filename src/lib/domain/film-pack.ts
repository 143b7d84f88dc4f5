import type { AttributeType, DomainPack, Item } from '../contracts';
import { decadeOf } from './attributes';
import { mergeFilms, type MergedFilm } from './film-merge';
import { parseFilms, type SourceFilm } from './film-source';
import { factsAreDoubtful, withKnownYears, yearOffsets } from './film-years';
import { parsePack } from './pack';

/** Kinds of television, not of film. */
const leftOutGenres = new Set(['talk-show', 'news', 'reality-tv', 'game-show']);
const mostPeople = 3;

const genreSynonyms: Readonly<Record<string, readonly string[]>> = {
  action: ['fight scenes', 'explosions', 'action packed'],
  adventure: ['adventures', 'adventurous', 'quest'],
  animation: ['animated', 'cartoon', 'cartoons', 'anime', 'pixar'],
  biography: ['biopic', 'biopics', 'biographical', 'biographies', 'life story'],
  comedy: ['funny', 'comedies', 'hilarious', 'comedic', 'laugh', 'romcom', 'rom com', 'humor'],
  crime: ['gangster', 'gangsters', 'mafia', 'heist', 'mob', 'detective'],
  documentary: ['documentaries', 'docs', 'docu'],
  drama: ['dramas', 'dramatic', 'tearjerker'],
  family: ['kids', 'children', 'family friendly', 'kid friendly'],
  fantasy: ['fantasies', 'magic', 'magical', 'wizards', 'fairy tale'],
  'film-noir': ['noir'],
  history: ['historical', 'historic', 'period piece'],
  horror: [
    'scary',
    'horrors',
    'slasher',
    'slashers',
    'creepy',
    'spooky',
    'frightening',
    'zombie',
    'zombies',
  ],
  music: ['musicians', 'about music', 'about a band'],
  musical: ['musicals', 'singing'],
  mystery: ['mysteries', 'mysterious', 'whodunit', 'whodunnit'],
  romance: [
    'romantic',
    'romances',
    'romcom',
    'rom com',
    'love story',
    'love stories',
    'chick flick',
    'chick flicks',
  ],
  'sci-fi': ['scifi', 'sci fy', 'science fiction', 'aliens', 'space', 'futuristic', 'dystopian'],
  short: ['short film', 'short films'],
  sport: ['sports', 'football', 'baseball', 'basketball', 'boxing'],
  thriller: ['thrillers', 'suspense', 'suspenseful', 'thrilling'],
  war: ['war movie', 'war movies', 'world war', 'wwii', 'ww2', 'military'],
  western: ['westerns', 'cowboy', 'cowboys'],
};

export const filmAttributeTypes: readonly AttributeType[] = [
  { id: 'genre', label: 'Genre', kind: 'category', phrase: '{value}', synonyms: genreSynonyms },
  { id: 'decade', label: 'Decade', kind: 'decade', phrase: 'from the {value}' },
  { id: 'director', label: 'Director', kind: 'person', phrase: 'directed by {value}' },
  { id: 'star', label: 'Star', kind: 'person', phrase: 'with {value}' },
];

/** What became of the source's entries. */
export interface FilmReport {
  entries: number;
  items: number;
  merged: number;
  /** Items that keep no facts but their year, because the source's are another film's. */
  withoutFacts: number;
  withoutYear: number;
  /** The kept id of every entry that was merged away. */
  mergedIds: Readonly<Record<string, string>>;
}

/** Of items that still share an IMDb id at most one has the right facts: the year that fits the number, then fame. */
function factOwners(
  films: readonly MergedFilm[],
  offsets: ReadonlyMap<string, number>,
  mentions: (id: string) => number,
): Set<string> {
  const best = new Map<number, SourceFilm>();
  const offset = (film: SourceFilm) =>
    Math.abs(offsets.get(film.id) ?? 0) + (film.year === null ? 2 : 0);
  for (const { film } of films) {
    const other = best.get(film.number);
    if (other === undefined) {
      best.set(film.number, film);
      continue;
    }
    const closer = offset(film) - offset(other);
    const fame = mentions(film.id) - mentions(other.id);
    if (Math.abs(closer) > 3 ? closer < 0 : fame > 0) best.set(film.number, film);
  }
  return new Set([...best.values()].map((film) => film.id));
}

function attributesOf(film: SourceFilm, keepFacts: boolean): Record<string, string[]> {
  const genres = film.genres.filter((genre) => !leftOutGenres.has(genre));
  const facts: [string, readonly string[]][] = [
    ['genre', keepFacts ? genres : []],
    ['decade', film.year === null ? [] : [decadeOf(film.year)]],
    ['director', keepFacts ? film.directors.slice(0, mostPeople) : []],
    ['star', keepFacts ? film.stars.slice(0, mostPeople) : []],
  ];
  return Object.fromEntries(
    facts.filter(([, values]) => values.length > 0).map(([type, values]) => [type, [...values]]),
  );
}

/** "Title (1999)"; where two films share even that, the director tells them apart. */
function labelsOf(films: readonly SourceFilm[]): Map<string, string> {
  const plain = (film: SourceFilm) =>
    film.year === null ? film.title : `${film.title} (${film.year})`;
  const counts = new Map<string, number>();
  for (const film of films) {
    const key = plain(film).toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map(
    films.map((film) => {
      const label = plain(film);
      const unique = (counts.get(label.toLowerCase()) ?? 0) < 2;
      return [film.id, unique ? label : `${label}, ${film.directors[0] ?? film.id}`];
    }),
  );
}

/**
 * The films pack from the source file and the number of training dialogues that name each id.
 * Errors: `bad-input` for a malformed source, `catalogue-invalid` should the result break a rule of packs.
 */
export function buildFilmPack(
  json: unknown,
  mentions: ReadonlyMap<string, number>,
): { pack: DomainPack; report: FilmReport } {
  const films = withKnownYears(parseFilms(json));
  const count = (id: string) => mentions.get(id) ?? 0;
  const merged = mergeFilms(films, count).sort((a, b) => Number(a.film.id) - Number(b.film.id));
  const offsets = yearOffsets(films);
  const owners = factOwners(merged, offsets, count);
  const labels = labelsOf(merged.map(({ film }) => film));
  let withoutFacts = 0;
  const items = merged.map(({ film, aliases, others }): Item => {
    const keep = owners.has(film.id) && !factsAreDoubtful(film, offsets.get(film.id) ?? 0);
    if (!keep) withoutFacts++;
    return {
      id: film.id,
      title: film.title,
      ...(film.year === null ? {} : { year: film.year }),
      label: labels.get(film.id) ?? film.title,
      aliases,
      attributes: attributesOf(film, keep),
      popularity: [film.id, ...others].reduce((sum, id) => sum + count(id), 0),
    };
  });
  const pack = parsePack({
    schemaVersion: 1,
    id: 'movies',
    name: 'Films',
    language: 'en',
    words: { item: 'film', items: 'films', consume: 'watch', consumed: 'seen' },
    attributeTypes: filmAttributeTypes,
    items,
    licence: 'CC BY 4.0 (ids, titles, counts); MIT (compiled facts)',
    attribution:
      'Film ids, titles and how often they are named: ReDial (Li et al. 2018), CC BY 4.0. Years, genres, directors and stars: compiled by iEvaLM-CRS, MIT. Merged and corrected here.',
  });
  return {
    pack,
    report: {
      entries: films.length,
      items: items.length,
      merged: films.length - items.length,
      withoutFacts,
      withoutYear: items.filter((item) => item.year === undefined).length,
      mergedIds: Object.fromEntries(
        merged.flatMap(({ film, others }) => others.map((id) => [id, film.id])),
      ),
    },
  };
}
