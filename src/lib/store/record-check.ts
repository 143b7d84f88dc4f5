import { Check, Errors } from 'typebox/schema';
import { recommenderActionTypes, userActionTypes, type Role } from '../contracts/action';
import type { Dialogue, Turn } from '../contracts/dialogue';
import { dialogueSchema } from './record-schema';

/** The version of the dialogue record that this code reads and writes. */
export const recordVersion = 1;

const actionTypes: Record<Role, readonly string[]> = {
  user: userActionTypes,
  recommender: recommenderActionTypes,
};

/**
 * Whether a value is a dialogue record, or why not, in a sentence for people. First the JSON Schema,
 * then what a schema cannot say. The validator interprets: the page's content security policy
 * forbids those that compile.
 */
export function checkDialogue(
  value: unknown,
): { ok: true; dialogue: Dialogue } | { ok: false; reason: string } {
  const version = versionOf(value);
  if (version === null) return { ok: false, reason: 'It is not a dialogue record.' };
  if (version !== recordVersion) {
    return {
      ok: false,
      reason:
        `It is of record version ${version}, and this program reads version ${recordVersion} only: ` +
        'use the version of the program that wrote it.',
    };
  }
  if (!isRecord(value)) return { ok: false, reason: describe(value) };
  const broken = brokenRule(value);
  return broken === null ? { ok: true, dialogue: value } : { ok: false, reason: broken };
}

function isRecord(value: unknown): value is Dialogue {
  return Check(dialogueSchema, value);
}

function versionOf(value: unknown): string | number | null {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return null;
  const version = value.schemaVersion;
  return typeof version === 'number' || typeof version === 'string' ? version : null;
}

/** The schema's first complaints, deepest place first: those name the cause. */
function describe(value: unknown): string {
  const [, errors] = Errors(dialogueSchema, value);
  const told = errors
    .filter((error) => !['anyOf', 'oneOf', 'boolean'].includes(error.keyword))
    .sort((a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length)
    .slice(0, 3)
    .map((error) => `${error.instancePath || 'the record'} ${error.message}`);
  return `It breaks the record's schema: ${told.join('; ') || 'a value fits none of its allowed forms'}.`;
}

function brokenRule(dialogue: Dialogue): string | null {
  for (const [index, turn] of dialogue.turns.entries()) {
    const broken = brokenTurnRule(turn);
    if (broken !== null) return `Turn ${index} ${broken}.`;
  }
  return null;
}

function brokenTurnRule(turn: Turn): string | null {
  const foreign = turn.actions.find((action) => !actionTypes[turn.role].includes(action.type));
  if (foreign) return `is the ${turn.role}'s and has the other role's action "${foreign.type}"`;
  const outside = turn.mentions.find(({ start, end }) => start >= end || end > turn.text.length);
  if (outside) return `has a mention of ${outside.item} that lies outside its text`;
  return null;
}
