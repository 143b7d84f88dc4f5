import { preferences, ratingModes, ratingQuestions, scores } from '../../contracts/rating';

const text = { type: 'string', minLength: 1 } as const;
const moment = { type: 'number', minimum: 0 } as const;
const object = (properties: Record<string, object>) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
});

/** JSON Schemas of what rating files hold; keys that a later version adds are let through. */
export const planSchema = object({
  schemaVersion: { const: 1 },
  id: text,
  title: { type: 'string' },
  mode: { enum: ratingModes },
  seed: { type: 'integer', minimum: 0 },
  items: {
    type: 'array',
    minItems: 1,
    items: object({ id: text, a: text, b: { anyOf: [text, { type: 'null' }] } }),
  },
  transcripts: text,
  minutes: { anyOf: [{ type: 'number', exclusiveMinimum: 0 }, { type: 'null' }] },
  createdAt: moment,
});

export const transcriptsSchema = {
  type: 'array',
  minItems: 1,
  items: object({
    id: text,
    turns: {
      type: 'array',
      items: object({ role: { enum: ['user', 'recommender'] }, text: { type: 'string' } }),
    },
  }),
};

export const sheetSchema = object({
  id: text,
  sessionId: text,
  rater: text,
  answers: {
    type: 'array',
    items: object({
      item: text,
      question: { enum: ratingQuestions },
      value: { enum: [...scores, ...preferences] },
      ms: moment,
      at: moment,
    }),
  },
  startedAt: moment,
});
