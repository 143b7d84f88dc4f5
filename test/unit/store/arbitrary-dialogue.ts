import fc from 'fast-check';
import {
  draftFaults,
  engineKinds,
  errorCodes,
  outcomeStatuses,
  recommenderActionTypes,
  userActionTypes,
  type Action,
  type Dialogue,
  type DialogueConfig,
  type Mention,
  type ProfileChange,
  type ProfileEdit,
  type Role,
  type SeatRecord,
  type Turn,
  type Violation,
} from '../../../src/lib/contracts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    'a\nb',
    'a\r\n',
    '"quoted" \\',
    '\u2028',
    '\ud800',
    '{}',
    ' It was "Up" (2009) \u{1f600}',
  ),
);
const name = fc.string({ minLength: 1, maxLength: 8 });
const ids = fc.array(name, { maxLength: 4 });
const count = fc.nat(5000);
const countOrNull = fc.option(count);
const milliseconds = fc.double({ min: 0, max: 1e7, noNaN: true }).map((value) => value + 0);
const millisecondsOrNull = fc.option(milliseconds);
const seed = fc.integer({ min: 1, max: 2 ** 31 - 2 });
const attribute = fc.record({ type: name, value: text });

/** The keys that may be missing are sometimes missing. */
function partly<T extends object, Required extends keyof T>(
  model: { [Key in keyof T]-?: fc.Arbitrary<NonNullable<T[Key]> | T[Key]> },
  requiredKeys: Required[],
): fc.Arbitrary<T> {
  return fc.record(model, { requiredKeys }) as unknown as fc.Arbitrary<T>;
}

const actionTypes = { user: userActionTypes, recommender: recommenderActionTypes };

function actionBy(role: Role): fc.Arbitrary<Action> {
  return partly<Action, 'type'>({ type: fc.constantFrom(...actionTypes[role]), items: ids }, [
    'type',
  ]);
}

const violation: fc.Arbitrary<Violation> = fc.oneof(
  fc.record({ kind: fc.constantFrom('unparsed', 'empty-text', 'cut-off') }),
  fc.record({
    kind: fc.constantFrom(
      'unknown-action',
      'repeated-action',
      'missing-item',
      'unknown-item',
      'not-recommended',
      'stray-title',
      'loose-line',
      'repeated-item',
      'contradiction',
    ),
    found: text,
  }),
);

function mentionIn(length: number): fc.Arbitrary<Mention[]> {
  if (length === 0) return fc.constant([]);
  const mention = fc
    .tuple(
      name,
      fc.nat(length - 1),
      fc.nat(length - 1),
      fc.constantFrom('action', 'reference', 'stray'),
    )
    .map(([item, a, b, kind]): Mention => ({
      item,
      start: Math.min(a, b),
      end: Math.max(a, b) + 1,
      kind: kind as Mention['kind'],
    }));
  return fc.array(mention, { maxLength: 2 });
}

function turnBy(role: Role): fc.Arbitrary<Turn> {
  return text.chain((said) =>
    partly<Turn, Exclude<keyof Turn, 'candidates' | 'prompt' | 'drafts'>>(
      {
        role: fc.constant(role),
        actions: fc.array(actionBy(role), { maxLength: 3 }),
        text: fc.constant(said),
        raw: text,
        mentions: mentionIn(said.length),
        violations: fc.array(violation, { maxLength: 2 }),
        tokens: fc.record({ prompt: countOrNull, cached: countOrNull, completion: countOrNull }),
        ms: fc.record({
          prefill: millisecondsOrNull,
          decode: millisecondsOrNull,
          total: milliseconds,
        }),
        seed: fc.option(seed),
        candidates: ids,
        prompt: text,
        drafts: fc.array(fc.record({ raw: text, seed, fault: fc.constantFrom(...draftFaults) }), {
          minLength: 1,
          maxLength: 2,
        }),
      },
      ['role', 'actions', 'text', 'raw', 'mentions', 'violations', 'tokens', 'ms', 'seed'],
    ),
  );
}

const seat = partly<SeatRecord, Exclude<keyof SeatRecord, 'device' | 'ranker' | 'human'>>(
  {
    id: name,
    hash: fc.option(text),
    promptVersion: fc.option(text),
    engine: fc.constantFrom(...engineKinds, 'none' as const),
    device: text,
    ranker: text,
    human: fc.constant(true as const),
  },
  ['id', 'hash', 'promptVersion', 'engine'],
);

const sampling = fc.record({
  temperature: fc.constantFrom(0, 0.7, 1),
  topP: fc.constantFrom(0.9, 1),
  maxTokens: fc.integer({ min: 1, max: 500 }),
});

const patience = fc.constantFrom('low' as const, 'normal' as const, 'high' as const);
const talkativeness = fc.constantFrom('brief' as const, 'normal' as const, 'chatty' as const);

type HeldProfile = Dialogue['profile'];
const profile = partly<HeldProfile, Exclude<keyof HeldProfile, 'patience' | 'talkativeness'>>(
  {
    schemaVersion: fc.constant(1 as const),
    id: name,
    domain: name,
    summary: text,
    wanted: fc.array(attribute, { maxLength: 3 }),
    unwanted: fc.array(attribute, { maxLength: 3 }),
    liked: ids,
    disliked: ids,
    patience,
    talkativeness,
    anonymity: count,
    source: partly<HeldProfile['source'], 'dataset' | 'split' | 'licence'>(
      {
        dataset: text,
        dialogueId: text,
        split: fc.constantFrom('train', 'validation', 'shown', 'test', 'hand', 'imported'),
        licence: text,
        attribution: text,
      },
      ['dataset', 'split', 'licence'],
    ),
  },
  [
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
);

type HeldOutcome = NonNullable<Dialogue['outcome']>;
const outcome = partly<HeldOutcome, 'status' | 'accepted' | 'exchanges'>(
  {
    status: fc.constantFrom(...outcomeStatuses),
    accepted: ids,
    exchanges: fc.nat(20),
    error: partly<NonNullable<HeldOutcome['error']>, 'code' | 'message'>(
      { code: fc.constantFrom(...errorCodes), message: text, detail: text },
      ['code', 'message'],
    ),
  },
  ['status', 'accepted', 'exchanges'],
);

const wishes = fc.array(attribute, { maxLength: 2 });

function changeOf<Field extends ProfileChange['field'], Value>(
  field: Field,
  value: fc.Arbitrary<Value>,
) {
  return fc.record({ field: fc.constant(field), from: value, to: value });
}

const edit: fc.Arbitrary<ProfileEdit> = fc.record({
  turn: fc.nat(20),
  changes: fc.array(
    fc.oneof(
      changeOf('summary', text),
      changeOf('wanted', wishes),
      changeOf('unwanted', wishes),
      changeOf('targets', ids),
      changeOf('patience', fc.option(patience)),
      changeOf('talkativeness', fc.option(talkativeness)),
      changeOf('anonymity', count),
    ),
    { maxLength: 3 },
  ),
});

const dialogueParts = partly<Dialogue, Exclude<keyof Dialogue, 'forkOf' | 'edits'>>(
  {
    schemaVersion: fc.constant(1 as const),
    id: name,
    runId: name,
    profileId: name,
    domain: name,
    seed,
    config: partly<DialogueConfig, Exclude<keyof DialogueConfig, 'redraws'>>(
      {
        maxTurns: fc.nat(40),
        sampling: fc.record({ user: sampling, recommender: sampling }),
        candidates: countOrNull,
        slate: fc.nat(5),
        redraws: fc.nat(3),
        constrained: fc.boolean(),
        trace: fc.boolean(),
      },
      ['maxTurns', 'sampling', 'candidates', 'slate', 'constrained', 'trace'],
    ),
    models: fc.record({ user: seat, recommender: seat }),
    promptVersion: text,
    profile,
    targets: ids,
    referenceDependent: fc.boolean(),
    resumed: fc.boolean(),
    forkOf: fc.record({ dialogueId: name, turn: fc.nat(20), edited: fc.boolean() }),
    edits: fc.array(edit, { maxLength: 2 }),
    turns: fc.array(fc.constantFrom<Role>('user', 'recommender').chain(turnBy), { maxLength: 5 }),
    outcome: fc.option(outcome),
    startedAt: fc.nat(2 ** 31 - 1),
  },
  [
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
);

/**
 * Any dialogue that the contract's types allow, made without a look at the schema; cloned because
 * some of the generator's objects lack a prototype, which no file could give back.
 */
export const arbitraryDialogue = dialogueParts.map((dialogue) => structuredClone(dialogue));
