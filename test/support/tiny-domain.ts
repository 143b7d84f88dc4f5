import type { DomainPack, Item } from '../../src/lib/contracts/catalogue';
import type { Profile } from '../../src/lib/contracts/profile';

/** A pack small enough to read: eight films, two of one title, one whose title is an everyday word. */
const films: readonly [string, number, readonly string[], string][] = [
  ['It', 2017, ['horror'], 'Andy Muschietti'],
  ['Up', 2009, ['animation', 'comedy'], 'Pete Docter'],
  ['Halloween', 1978, ['horror'], 'John Carpenter'],
  ['Halloween', 2018, ['horror', 'thriller'], 'David Gordon Green'],
  ['The Conjuring', 2013, ['horror', 'mystery'], 'James Wan'],
  ['Saw', 2004, ['horror', 'thriller'], 'James Wan'],
  ['Toy Story', 1995, ['animation', 'comedy'], 'John Lasseter'],
  ['Heat', 1995, ['thriller', 'crime'], 'Michael Mann'],
];

const items = films.map(([title, year, genre, director], i): Item => ({
  id: `film-${String(i)}`,
  title,
  year,
  label: `${title} (${String(year)})`,
  aliases: [],
  attributes: { genre, director: [director], decade: [`${String(Math.floor(year / 10) * 10)}s`] },
  popularity: 10 - i,
}));

export const tinyPack: DomainPack = {
  schemaVersion: 1,
  id: 'tiny',
  name: 'Tiny',
  language: 'en',
  words: { item: 'film', items: 'films', consume: 'watch', consumed: 'seen' },
  attributeTypes: [
    { id: 'genre', label: 'Genre', kind: 'category', phrase: '{value}' },
    { id: 'director', label: 'Director', kind: 'person', phrase: 'directed by {value}' },
    { id: 'decade', label: 'Decade', kind: 'decade', phrase: 'from the {value}' },
  ],
  items,
  licence: 'none',
  attribution: 'none',
};

/** Wants horror by James Wan, has seen Heat; hidden behind it: The Conjuring and Saw. */
export const tinyProfile: Profile = {
  schemaVersion: 1,
  id: 'profile-tiny',
  domain: 'tiny',
  summary: 'Likes being scared. Loved Heat (1995).',
  wanted: [
    { type: 'genre', value: 'horror' },
    { type: 'director', value: 'James Wan' },
  ],
  unwanted: [{ type: 'genre', value: 'comedy' }],
  liked: ['film-7'],
  disliked: [],
  targets: ['film-4', 'film-5'],
  anonymity: 5,
  source: { dataset: 'none', split: 'hand', licence: 'none' },
};
