import { recommenderActionTypes, userActionTypes } from '../contracts/action';
import { draftFaults, outcomeStatuses } from '../contracts/dialogue';
import { engineKinds } from '../contracts/engine';
import { errorCodes } from '../contracts/errors';

const text = { type: 'string' } as const;
const name = { type: 'string', minLength: 1 } as const;
const flag = { type: 'boolean' } as const;
const nameOrNull = { type: ['string', 'null'] } as const;
const count = { type: 'integer', minimum: 0 } as const;
const countOrNull = { type: ['integer', 'null'], minimum: 0 } as const;
const ids = { type: 'array', items: name } as const;
const milliseconds = { type: 'number', minimum: 0 } as const;
const millisecondsOrNull = { type: ['number', 'null'], minimum: 0 } as const;
const role = { enum: ['user', 'recommender'] } as const;

/** A violation that says only what kind it is. */
function bare<const Kind extends string>(kind: Kind) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['kind'],
    properties: { kind: { const: kind } },
  } as const;
}

/** A violation that also says what was found. */
function found<const Kind extends string>(kind: Kind) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['kind', 'found'],
    properties: { kind: { const: kind }, found: text },
  } as const;
}

/** A change of a profile's field, or of one of several of equal type. */
function change<const Fields extends readonly string[], const Value>(fields: Fields, value: Value) {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['field', 'from', 'to'],
    properties: { field: { enum: fields }, from: value, to: value },
  } as const;
}

const attributes = { type: 'array', items: { $ref: '#/$defs/attribute' } } as const;
const patience = ['low', 'normal', 'high'] as const;
const talkativeness = ['brief', 'normal', 'chatty'] as const;

const definitions = {
  action: {
    type: 'object',
    additionalProperties: false,
    required: ['type'],
    properties: { type: { enum: [...userActionTypes, ...recommenderActionTypes] }, items: ids },
  },
  violation: {
    oneOf: [
      bare('unparsed'),
      found('unknown-action'),
      found('repeated-action'),
      found('missing-item'),
      found('unknown-item'),
      found('not-recommended'),
      found('stray-title'),
      found('loose-line'),
      found('repeated-item'),
      found('contradiction'),
      bare('empty-text'),
      bare('cut-off'),
    ],
  },
  mention: {
    type: 'object',
    additionalProperties: false,
    required: ['item', 'start', 'end', 'kind'],
    properties: {
      item: name,
      start: count,
      end: count,
      kind: { enum: ['action', 'reference', 'stray'] },
    },
  },
  turn: {
    type: 'object',
    additionalProperties: false,
    required: ['role', 'actions', 'text', 'raw', 'mentions', 'violations', 'tokens', 'ms', 'seed'],
    properties: {
      role,
      actions: { type: 'array', items: { $ref: '#/$defs/action' } },
      text,
      raw: text,
      mentions: { type: 'array', items: { $ref: '#/$defs/mention' } },
      violations: { type: 'array', items: { $ref: '#/$defs/violation' } },
      tokens: {
        type: 'object',
        additionalProperties: false,
        required: ['prompt', 'cached', 'completion'],
        properties: { prompt: countOrNull, cached: countOrNull, completion: countOrNull },
      },
      ms: {
        type: 'object',
        additionalProperties: false,
        required: ['prefill', 'decode', 'total'],
        properties: {
          prefill: millisecondsOrNull,
          decode: millisecondsOrNull,
          total: milliseconds,
        },
      },
      seed: { type: ['integer', 'null'] },
      candidates: ids,
      prompt: text,
      drafts: { type: 'array', items: { $ref: '#/$defs/draft' } },
    },
  },
  draft: {
    type: 'object',
    additionalProperties: false,
    required: ['raw', 'seed', 'fault'],
    properties: { raw: text, seed: { type: 'integer' }, fault: { enum: draftFaults } },
  },
  fork: {
    type: 'object',
    additionalProperties: false,
    required: ['dialogueId', 'turn', 'edited'],
    properties: { dialogueId: name, turn: count, edited: flag },
  },
  sampling: {
    type: 'object',
    additionalProperties: false,
    required: ['temperature', 'topP', 'maxTokens'],
    properties: {
      temperature: { type: 'number', minimum: 0 },
      topP: { type: 'number', minimum: 0, maximum: 1 },
      maxTokens: { type: 'integer', minimum: 1 },
    },
  },
  config: {
    type: 'object',
    additionalProperties: false,
    required: ['maxTurns', 'sampling', 'candidates', 'slate', 'constrained', 'trace'],
    properties: {
      maxTurns: count,
      sampling: {
        type: 'object',
        additionalProperties: false,
        required: ['user', 'recommender'],
        properties: {
          user: { $ref: '#/$defs/sampling' },
          recommender: { $ref: '#/$defs/sampling' },
        },
      },
      candidates: countOrNull,
      slate: count,
      redraws: count,
      constrained: flag,
      trace: flag,
    },
  },
  seat: {
    type: 'object',
    additionalProperties: false,
    required: ['id', 'hash', 'promptVersion', 'engine'],
    properties: {
      id: name,
      hash: nameOrNull,
      promptVersion: nameOrNull,
      engine: { enum: [...engineKinds, 'none'] },
      device: text,
      ranker: text,
      human: { const: true },
    },
  },
  attribute: {
    type: 'object',
    additionalProperties: false,
    required: ['type', 'value'],
    properties: { type: name, value: text },
  },
  profile: {
    type: 'object',
    additionalProperties: false,
    required: [
      'schemaVersion',
      'id',
      'domain',
      'summary',
      'wanted',
      'unwanted',
      'liked',
      'disliked',
      'anonymity',
      'source',
    ],
    properties: {
      schemaVersion: { const: 1 },
      id: name,
      domain: name,
      summary: text,
      wanted: attributes,
      unwanted: attributes,
      liked: ids,
      disliked: ids,
      patience: { enum: patience },
      talkativeness: { enum: talkativeness },
      anonymity: count,
      source: {
        type: 'object',
        additionalProperties: false,
        required: ['dataset', 'split', 'licence'],
        properties: {
          dataset: text,
          dialogueId: text,
          split: { enum: ['train', 'validation', 'shown', 'test', 'hand', 'imported'] },
          licence: text,
          attribution: text,
        },
      },
    },
  },
  edit: {
    type: 'object',
    additionalProperties: false,
    required: ['turn', 'changes'],
    properties: {
      turn: count,
      changes: {
        type: 'array',
        items: {
          oneOf: [
            change(['summary'], text),
            change(['wanted', 'unwanted'], attributes),
            change(['targets'], ids),
            change(['patience'], { enum: [...patience, null] }),
            change(['talkativeness'], { enum: [...talkativeness, null] }),
            change(['anonymity'], count),
          ],
        },
      },
    },
  },
  outcome: {
    type: 'object',
    additionalProperties: false,
    required: ['status', 'accepted', 'exchanges'],
    properties: {
      status: { enum: outcomeStatuses },
      accepted: ids,
      exchanges: count,
      error: {
        type: 'object',
        additionalProperties: false,
        required: ['code', 'message'],
        properties: { code: { enum: errorCodes }, message: text, detail: text },
      },
    },
  },
} as const;

/**
 * The JSON Schema (draft 2020-12) of a dialogue record, version 1: the single source. The file
 * `static/schema/dialogue.v1.schema.json` is written from it, and a test holds that its inferred
 * type and the contract's `Dialogue` are one. The order of the properties is the order of the keys
 * in a written record. `prompt` stands last in a turn, so that a line stays readable with `--trace`.
 */
export const dialogueSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:interplay-lab:dialogue:v1',
  title: 'Interplay Lab dialogue record, version 1',
  description: 'One simulated dialogue with all that is needed to trace and repeat it.',
  type: 'object',
  additionalProperties: false,
  required: [
    'schemaVersion',
    'id',
    'runId',
    'profileId',
    'domain',
    'seed',
    'config',
    'models',
    'promptVersion',
    'profile',
    'targets',
    'referenceDependent',
    'resumed',
    'turns',
    'outcome',
    'startedAt',
  ],
  properties: {
    schemaVersion: { const: 1 },
    id: name,
    runId: name,
    profileId: name,
    domain: name,
    seed: { type: 'integer' },
    config: { $ref: '#/$defs/config' },
    models: {
      type: 'object',
      additionalProperties: false,
      required: ['user', 'recommender'],
      properties: { user: { $ref: '#/$defs/seat' }, recommender: { $ref: '#/$defs/seat' } },
    },
    promptVersion: text,
    profile: { $ref: '#/$defs/profile' },
    targets: ids,
    referenceDependent: flag,
    resumed: flag,
    forkOf: { $ref: '#/$defs/fork' },
    edits: { type: 'array', items: { $ref: '#/$defs/edit' } },
    turns: { type: 'array', items: { $ref: '#/$defs/turn' } },
    outcome: { anyOf: [{ $ref: '#/$defs/outcome' }, { type: 'null' }] },
    startedAt: milliseconds,
  },
  $defs: definitions,
} as const;
