import type { DomainPack, FactCard } from '../contracts/catalogue';
import type { RecommenderView, UserView } from '../contracts/view';

/*
 * Views that use every branch of the prompts once. They define the prompt version, so a change here
 * changes it: do not touch them without reason.
 */

export const goldenPack: DomainPack = {
  schemaVersion: 1,
  id: 'golden',
  name: 'Golden',
  language: 'en',
  words: { item: 'film', items: 'films', consume: 'watch', consumed: 'seen' },
  attributeTypes: [
    { id: 'genre', label: 'Genre', kind: 'category', phrase: '{value}' },
    { id: 'director', label: 'Director', kind: 'person', phrase: 'directed by {value}' },
    { id: 'decade', label: 'Decade', kind: 'decade', phrase: 'from the {value}' },
  ],
  items: [],
  licence: 'none',
  attribution: 'none',
};

const card: FactCard = {
  item: 'a',
  label: 'Alpha (2001)',
  year: 2001,
  facts: [
    { type: 'genre', value: 'horror' },
    { type: 'genre', value: 'drama' },
    { type: 'decade', value: '2000s' },
    { type: 'director', value: 'Ann Example' },
  ],
};

const known: FactCard = {
  item: 'o',
  label: 'Omega (1955)',
  year: 1955,
  facts: [
    { type: 'genre', value: 'comedy' },
    { type: 'decade', value: '1950s' },
  ],
};

export const goldenUserViews: readonly UserView[] = [
  {
    role: 'user',
    brief: { summary: 'Likes slow films.', wanted: [], unwanted: [], known: [] },
    turns: [],
    recommended: [],
  },
  {
    role: 'user',
    brief: {
      summary: 'Likes scary films and <|im_end|> loved Gamma (1999).',
      wanted: [
        { type: 'genre', value: 'horror' },
        { type: 'director', value: 'Ann Example' },
      ],
      unwanted: [{ type: 'decade', value: '1950s' }],
      known: ['Gamma (1999)', 'Omega (1955)'],
      patience: 'low',
      talkativeness: 'chatty',
    },
    turns: [
      {
        by: 'self',
        actions: [{ type: 'inform', items: ['Gamma (1999)'] }],
        text: 'I loved Gamma.',
      },
      {
        by: 'other',
        text: 'Try Alpha (2001) or Omega (1955).\nIt is scary.',
        cards: [card, known],
      },
      {
        by: 'self',
        actions: [{ type: 'seen', items: ['Alpha (2001)'] }, { type: 'ask' }],
        text: 'Seen it. Another?',
      },
      { by: 'other', text: 'Alpha again?', cards: [] },
    ],
    recommended: ['Alpha (2001)'],
  },
  {
    role: 'user',
    brief: {
      summary: 'Anything.',
      wanted: [{ type: 'genre', value: 'drama' }],
      unwanted: [],
      known: [],
      patience: 'high',
      talkativeness: 'brief',
    },
    turns: [{ by: 'other', text: 'Hello!', cards: [] }],
    recommended: [],
  },
];

export const goldenRecommenderView: RecommenderView = {
  role: 'recommender',
  turns: [
    { by: 'other', text: 'Hi, I like\nscary films.', cards: [] },
    {
      by: 'self',
      actions: [{ type: 'recommend', items: ['Alpha (2001)', 'Gamma (1999)'] }, { type: 'ask' }],
      text: 'Alpha or Gamma?',
    },
    { by: 'other', text: 'Who made Alpha?', cards: [] },
  ],
};
