import type {
  Action,
  Dialogue,
  DomainPack,
  Item,
  ItemId,
  Mention,
  Outcome,
  Turn,
  Violation,
} from '../../../src/lib/contracts';
import { createCatalogue } from '../../../src/lib/domain/catalogue';

function item(id: ItemId, title: string, genres: string[], part: Partial<Item> = {}): Item {
  const year = 1990;
  return {
    id,
    title,
    year,
    label: `${title} (${year})`,
    aliases: [],
    attributes: { genre: genres, maker: ['Ada Marrow'] },
    popularity: 1,
    ...part,
  };
}

/** Fifty-two made-up items: f* fit the profile below, o* do not, a few have titles that need care. */
export const pack: DomainPack = {
  schemaVersion: 1,
  id: 'plays',
  name: 'Plays',
  language: 'en',
  words: { item: 'play', items: 'plays', consume: 'see', consumed: 'seen' },
  attributeTypes: [
    { id: 'genre', label: 'Genre', kind: 'category', phrase: '{value} plays' },
    { id: 'maker', label: 'Maker', kind: 'person', phrase: 'written by {value}' },
  ],
  items: [
    item('f1', 'Velvet Quarrel', ['farce']),
    item('f2', 'Tin Harbour', ['farce', 'short']),
    item('f3', 'Brass Orchard', ['farce']),
    item('o1', 'Grey Lantern', ['tragedy']),
    item('o2', 'Salt Assembly', ['tragedy']),
    item('o3', 'Hollow Parade', ['farce', 'puppets']),
    item('it', 'It', ['tragedy']),
    item('marrow', 'Marrow', ['tragedy']),
    ...Array.from({ length: 44 }, (_, i) => item(`x${i}`, `Zephyrkin ${i}`, ['tragedy'])),
  ],
  licence: 'CC0-1.0',
  attribution: 'made up',
};

export const catalogue = createCatalogue(pack);

const sampling = { temperature: 0, topP: 1, maxTokens: 10 };
const seat = { id: 's', hash: null, promptVersion: null, engine: 'scripted' } as const;

export function turn(role: Turn['role'], actions: Action[], part: Partial<Turn> = {}): Turn {
  return {
    role,
    actions,
    text: 'Words.',
    raw: '',
    mentions: [],
    violations: [],
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: 0 },
    seed: null,
    ...part,
  };
}

export const says = (text = 'A farce, please.'): Turn =>
  turn('user', [{ type: 'inform' }], { text });
export const accepts = (...items: ItemId[]): Turn => turn('user', [{ type: 'accept', items }]);
export const rejects = (...items: ItemId[]): Turn => turn('user', [{ type: 'reject', items }]);
export const hasSeen = (...items: ItemId[]): Turn => turn('user', [{ type: 'seen', items }]);
export const userBye = (): Turn => turn('user', [{ type: 'bye' }]);
export const chats = (text = 'Well.'): Turn => turn('recommender', [{ type: 'chat' }], { text });
export const recommends = (items: ItemId[], candidates?: ItemId[]): Turn =>
  turn('recommender', [{ type: 'recommend', items }], candidates ? { candidates } : {});

export function named(said: Turn, id: ItemId, kind: Mention['kind'] = 'stray'): Turn {
  return { ...said, mentions: [...said.mentions, { item: id, start: 0, end: 1, kind }] };
}

export function broken(said: Turn, ...violations: Violation[]): Turn {
  return { ...said, violations };
}

let made = 0;

/** A dialogue of somebody who wants farces without puppets; it ended at the limit unless told. */
export function dialogue(turns: Turn[], part: Partial<Dialogue> = {}): Dialogue {
  made += 1;
  const outcome: Outcome = { status: 'limit', accepted: [], exchanges: 0 };
  return {
    schemaVersion: 1,
    id: `d${made}`,
    runId: 'r',
    profileId: `p${made}`,
    domain: 'plays',
    seed: 1,
    config: {
      maxTurns: 20,
      sampling: { user: sampling, recommender: sampling },
      candidates: 50,
      slate: 2,
      constrained: true,
      trace: true,
    },
    models: { user: seat, recommender: seat },
    promptVersion: 'v',
    profile: profile(),
    targets: ['f1'],
    referenceDependent: false,
    resumed: false,
    turns,
    outcome,
    startedAt: 0,
    ...part,
  };
}

export function profile(part: Partial<Dialogue['profile']> = {}): Dialogue['profile'] {
  return {
    schemaVersion: 1,
    id: 'p',
    domain: 'plays',
    summary: 'Likes to laugh.',
    wanted: [{ type: 'genre', value: 'farce' }],
    unwanted: [{ type: 'genre', value: 'puppets' }],
    liked: [],
    disliked: [],
    anonymity: 3,
    source: { dataset: 'none', split: 'hand', licence: 'CC0-1.0' },
    ...part,
  };
}
