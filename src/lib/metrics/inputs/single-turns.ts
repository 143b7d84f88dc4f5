import { isActionOf } from '../../action/rules';
import type { ActionType, Role } from '../../contracts/action';
import { LabError } from '../../contracts/errors';
import { splitLines } from '../../store/lines';
import type { SaidTurn, SingleTurn } from '../single-turn/row';
import { hashed, jsonOf, type Breathe, type LineFile, type SourceFile } from './source';

/**
 * Single turns, one JSON a line: `{ id, dialogueId, role, system, hypothesis, reference, named?, context? }`, the
 * two turns as `{ text, acts?, items? }`. Lines that are none are told of. Errors: `bad-input` when no line is one.
 */
export async function readSingleTurnFile(
  source: LineFile,
  breathe?: Breathe,
): Promise<{ rows: readonly SingleTurn[]; file: SourceFile }> {
  const { bytes, hash } = hashed(source);
  const rows: SingleTurn[] = [];
  const problems: { line: number; reason: string }[] = [];
  let line = 0;
  for await (const text of splitLines(bytes)) {
    line += 1;
    if (text.trim() === '') continue;
    const row = rowOf(text);
    if (typeof row === 'string') problems.push({ line, reason: row });
    else rows.push(row);
    await breathe?.();
  }
  if (rows.length === 0) {
    throw new LabError(
      'bad-input',
      `${source.name} holds no single turn. ${problems[0]?.reason ?? 'It is empty.'}`,
    );
  }
  return { rows, file: { name: source.name, sha256: hash(), records: rows.length, problems } };
}

function rowOf(text: string): SingleTurn | string {
  const read = jsonOf(text);
  if ('reason' in read) return read.reason;
  const { value } = read;
  if (typeof value !== 'object' || value === null) return 'It is not a single turn.';
  const {
    id,
    dialogueId,
    role,
    system,
    named = [],
    context,
    ...rest
  } = value as Record<string, unknown>;
  if (typeof id !== 'string' || typeof dialogueId !== 'string' || typeof system !== 'string') {
    return 'It lacks "id", "dialogueId" or "system".';
  }
  if (role !== 'user' && role !== 'recommender') return '"role" must be "user" or "recommender".';
  const [hypothesis, reference] = [said(rest['hypothesis'], role), said(rest['reference'], role)];
  if (typeof hypothesis === 'string') return `Its hypothesis ${hypothesis}.`;
  if (typeof reference === 'string') return `Its reference ${reference}.`;
  if (!isTexts(named)) return '"named" must be a list of items.';
  const before = context === undefined ? null : contextOf(context);
  if (before === 'bad') return '"context" must be a list of turns with role and text.';
  return {
    ...{ id, dialogueId, role, system, hypothesis, reference, named },
    ...(before === null ? {} : { context: before }),
  };
}

/** A turn, or what is wrong with it. */
function said(value: unknown, role: Role): SaidTurn | string {
  if (typeof value !== 'object' || value === null) return 'is missing';
  const { text, acts, items } = value as Record<string, unknown>;
  if (typeof text !== 'string') return 'has no text';
  if (acts !== undefined && !(isTexts(acts) && acts.every((act) => isActionOf(role, act)))) {
    return `has an act that the ${role} does not have`;
  }
  if (items !== undefined && !isTexts(items)) return 'has items that are no list of ids';
  return {
    text,
    ...(acts === undefined ? {} : { acts: acts as ActionType[] }),
    ...(items === undefined ? {} : { items }),
  };
}

function contextOf(value: unknown): { role: Role; text: string }[] | 'bad' {
  if (!Array.isArray(value)) return 'bad';
  const turns: { role: Role; text: string }[] = [];
  for (const turn of value as unknown[]) {
    if (typeof turn !== 'object' || turn === null) return 'bad';
    const { role, text } = turn as Record<string, unknown>;
    if ((role !== 'user' && role !== 'recommender') || typeof text !== 'string') return 'bad';
    turns.push({ role, text });
  }
  return turns;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
