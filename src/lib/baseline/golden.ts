import type { FactCard } from '../contracts/catalogue';
import { goldenUserViews } from '../prompt/golden';
import type { CounterpartView } from './counterpart-prompt';

/*
 * Views that use every branch of the counterpart's prompt once. They define its prompt version, so a change here
 * changes it: do not touch them without reason.
 */

const target: FactCard = {
  item: 'd',
  label: 'Delta (2003)',
  year: 2003,
  facts: [
    { type: 'genre', value: 'horror' },
    { type: 'director', value: 'Ann Example' },
  ],
};

const other: FactCard = { ...target, item: 'e', label: 'Epsilon', facts: [] };

const [empty, full, calm] = goldenUserViews;
if (empty === undefined || full === undefined || calm === undefined) {
  throw new RangeError('The golden views of the roles are missing.');
}

/** Named films and actions on both sides; the customer is next. */
const talk: CounterpartView = {
  user: { ...full, recommended: ['Alpha (2001)', 'Delta (2003)'] },
  recommender: {
    role: 'recommender',
    turns: [
      { by: 'other', text: 'I loved Gamma.', cards: [] },
      {
        by: 'self',
        actions: [{ type: 'recommend', items: ['Alpha (2001)'] }, { type: 'ask' }],
        text: 'Try Alpha (2001).\nIt is scary.',
      },
      { by: 'other', text: 'Seen it. Another?', cards: [] },
      { by: 'self', actions: [{ type: 'answer', items: ['Alpha (2001)'] }], text: 'Alpha again?' },
    ],
  },
  targets: [target, other],
};

export const goldenCounterpartViews: readonly CounterpartView[] = [
  // Nothing said yet.
  { user: empty, recommender: { role: 'recommender', turns: [] }, targets: [target] },
  talk,
  // A film that is named is a target: its card stands in the system message already.
  { ...talk, targets: [{ ...target, item: 'a' }] },
  // The recommender is next.
  {
    user: { ...calm, turns: [{ by: 'self', actions: [{ type: 'chat' }], text: 'Hello!' }] },
    recommender: { role: 'recommender', turns: [{ by: 'other', text: 'Hello!', cards: [] }] },
    targets: [target],
  },
];
