import type { SourceFilm } from './film-source';

/** Years of well-known films that the source names without one; each checked against its director there. */
const knownYears: Readonly<Record<string, number>> = {
  'A Wrinkle in Time': 2018,
  Zootopia: 2016,
  'The Cabin in the Woods': 2012,
  'Dirty Dancing': 1987,
  'Notting Hill': 1999,
  Thor: 2011,
  'The Fifth Element': 1997,
  'The Big Lebowski': 1998,
  'Kingsman: The Golden Circle': 2017,
  'Hacksaw Ridge': 2016,
  'World War Z': 2013,
  'Batman Begins': 2005,
  'Maid in Manhattan': 2002,
  'Mission: Impossible': 1996,
  'Sausage Party': 2016,
  'How to Train Your Dragon': 2010,
  'Me Before You': 2016,
  'Due Date': 2010,
  'The Princess and the Frog': 2009,
  'Paddington 2': 2017,
  'Spirited Away': 2001,
  "The Hitman's Bodyguard": 2017,
  'Along Came Polly': 2004,
  'Lilo & Stitch': 2002,
  'Dirty Dancing: Havana Nights': 2004,
  'Captain America: The Winter Soldier': 2014,
  'Captain America: The First Avenger': 2011,
  'The Dark Crystal': 1982,
  'Iron Man 3': 2013,
  'Who Framed Roger Rabbit': 1988,
  'My Neighbor Totoro': 1988,
  'Two Weeks Notice': 2002,
  'Dumb and Dumber': 1994,
  'The Transformers: The Movie': 1986,
  'We Bought a Zoo': 2011,
  'High School Musical': 2006,
  Ponyo: 2008,
  'The Fox and the Hound': 1981,
  'Uncle Buck': 1989,
  'An Officer and a Gentleman': 1982,
  Kalifornia: 1993,
  'The Cable Guy': 1996,
  '500 Days of Summer': 2009,
  'American Pie': 1999,
  'The Great Wall': 2016,
  'Brawl in Cell Block 99': 2017,
  'The Exorcist': 1973,
  'Early Man': 2018,
  'Fast Times at Ridgemont High': 1982,
  "Pee-wee's Big Adventure": 1985,
  'The Glass Castle': 2017,
  'The Perks of Being a Wallflower': 2012,
  Mudbound: 2017,
  'The Killing of a Sacred Deer': 2017,
  'The Cat Returns': 2002,
};

/** Films with the source's year, or where it has none, a known one. */
export function withKnownYears(films: readonly SourceFilm[]): SourceFilm[] {
  return films.map((film) => {
    const known = film.year ?? knownYears[film.title] ?? null;
    return known === film.year ? film : { ...film, year: known };
  });
}

/** Films beside one in order of IMDb number that say which years are usual there. */
const neighbours = 12;
/** Numbers below this were given in order of year; later ones by date of entry. */
const orderedBelow = 100_000;
/** Given after the talk was recorded (2018): a match with one is a match with a later film of the name. */
const tooLateFrom = 9_000_000;
/** Matches of an undated title with a remake made after 2018: Batman, Indiana Jones, Aladdin, Resident Evil. */
const laterRemakes = new Set([1877830, 1462764, 6139732, 6920084]);
/** Right although far off: announced long before they were made (Wonder Woman, Justice League), or filed late. */
const confirmed = new Set([451279, 974015, 99685]);
const orderedTolerance = 3;
const earlyTolerance = 6;
const lateTolerance = 12;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * How far each film's year lies from those of films with neighbouring IMDb numbers, in years; a film without a
 * year gets 0. A large distance means that the source matched the title with another film.
 */
export function yearOffsets(films: readonly SourceFilm[]): Map<string, number> {
  const dated = films
    .flatMap(({ id, year, number }) => (year === null ? [] : [{ id, year, number }]))
    .sort((a, b) => a.number - b.number || (a.id < b.id ? -1 : 1));
  const offsets = new Map(films.map((film) => [film.id, 0]));
  dated.forEach(({ id, year }, i) => {
    const around = dated.slice(Math.max(0, i - neighbours), i + neighbours + 1);
    offsets.set(id, year - median(around.map((film) => film.year)));
  });
  return offsets;
}

/** True when the facts are likely another film's: better none than wrong ones. */
export function factsAreDoubtful(film: SourceFilm, offset: number): boolean {
  if (film.number >= tooLateFrom || laterRemakes.has(film.number)) return true;
  if (confirmed.has(film.number)) return false;
  if (film.number < orderedBelow) return Math.abs(offset) > orderedTolerance;
  return offset > lateTolerance || offset < -earlyTolerance;
}
