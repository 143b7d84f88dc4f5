import type { DomainPack, Item } from '../../../src/lib/contracts/catalogue';
import type { Profile } from '../../../src/lib/contracts/profile';
import { createCatalogue } from '../../../src/lib/domain/catalogue';
import { parseRedial, type RedialDialogue } from '../../../src/lib/profile/redial';

function film(
  id: string,
  title: string,
  year: number,
  genre: string[],
  director: string,
  star: string,
): Item {
  const decade = `${String(Math.floor(year / 10) * 10)}s`;
  return {
    id,
    title,
    year,
    label: `${title} (${String(year)})`,
    aliases: [],
    attributes: { genre, decade: [decade], director: [director], star: [star] },
    popularity: 10,
  };
}

/** Made-up films under ids as ReDial has them. */
export const pack: DomainPack = {
  schemaVersion: 1,
  id: 'made-up',
  name: 'Made-up films',
  language: 'en',
  words: { item: 'film', items: 'films', consume: 'watch', consumed: 'seen' },
  attributeTypes: [
    {
      id: 'genre',
      label: 'Genre',
      kind: 'category',
      phrase: '{value}',
      synonyms: { horror: ['scary'], comedy: ['funny'] },
    },
    { id: 'decade', label: 'Decade', kind: 'decade', phrase: 'from the {value}' },
    { id: 'director', label: 'Director', kind: 'person', phrase: 'directed by {value}' },
    { id: 'star', label: 'Star', kind: 'person', phrase: 'with {value}' },
  ],
  items: [
    film('101', 'Quillow Harbour', 1994, ['horror', 'mystery'], 'Ada Brindle', 'Tom Vexley'),
    film('102', 'Zephyrine Falls', 2003, ['comedy'], 'Bo Carraway', 'Una Merrit'),
    film('103', 'Brackenmoor Nights', 2011, ['horror'], 'Ada Brindle', 'Una Merrit'),
    film('104', 'Oswaldtown Blues', 1988, ['drama'], 'Cy Delfont', 'Tom Vexley'),
    film('105', 'Vermilion Tannery', 2015, ['horror', 'comedy'], 'Bo Carraway', 'Ivo Stroud'),
    film('106', 'Kestrelwick', 1999, ['western'], 'Cy Delfont', 'Ivo Stroud'),
    film('107', 'Pomfret Gardens', 2008, ['romance', 'drama'], 'Dot Elsinor', 'Una Merrit'),
    film('108', 'Thistlebrook Manor', 2012, ['horror', 'mystery'], 'Dot Elsinor', 'Tom Vexley'),
  ],
  licence: 'none',
  attribution: 'none',
};

export const catalogue = createCatalogue(pack);

export interface DialogueSpec {
  id?: string;
  /** `[by seeker, text]`. */
  messages: readonly (readonly [boolean, string])[];
  answers?: Record<string, { suggested: number; seen: number; liked: number }>;
}

/** A dialogue as a ReDial-format file would hold it. */
export function redialLine({ id = '7', messages, answers = {} }: DialogueSpec): string {
  return JSON.stringify({
    conversationId: id,
    initiatorWorkerId: 1,
    respondentWorkerId: 2,
    messages: messages.map(([bySeeker, text], i) => ({
      messageId: 40 + i,
      senderWorkerId: bySeeker ? 1 : 2,
      text,
    })),
    movieMentions: { '900': 'Unlisted  (1971)' },
    initiatorQuestions: answers,
    respondentQuestions: [],
  });
}

export function redialDialogue(spec: DialogueSpec): RedialDialogue {
  const [dialogue] = parseRedial(redialLine(spec));
  if (dialogue === undefined) throw new Error('the fixture holds no dialogue');
  return dialogue;
}

export const profile: Profile = {
  schemaVersion: 1,
  id: 'made-up',
  domain: 'made-up',
  summary: 'Loved Quillow Harbour (1994).',
  wanted: [
    { type: 'genre', value: 'horror' },
    { type: 'decade', value: '2010s' },
  ],
  unwanted: [{ type: 'genre', value: 'western' }],
  liked: ['101'],
  disliked: ['104'],
  targets: [],
  anonymity: 4,
  source: { dataset: 'made up', split: 'hand', licence: 'none' },
};
