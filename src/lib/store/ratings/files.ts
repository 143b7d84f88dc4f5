import { Check, Errors } from 'typebox/schema';
import { LabError } from '../../contracts/errors';
import type { RatingPlan, RatingSession, RatingSheet } from '../../contracts/rating';
import { planId, transcriptsHash } from './identity';
import { planSchema, sheetSchema, transcriptsSchema } from './schema';

/** Marks of the two kinds of files; a version of its own each. */
const sessionKind = 'interplay-rating-session';
const ratingsKind = 'interplay-ratings';
export const ratingFileVersion = 1;

/** What a file of answers holds: the plan that it answers, and one sheet a rater. */
export interface RatingsFile {
  name: string;
  plan: RatingPlan;
  sheets: readonly RatingSheet[];
  /** Lines that are no sheets of it, with why. */
  problems: readonly { line: number; reason: string }[];
}

/** A session as the file that raters are handed. */
export function writeSession({ plan, transcripts }: RatingSession): string {
  const file = { kind: sessionKind, fileVersion: ratingFileVersion, plan, transcripts };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** Reads such a file. Errors: `bad-input`, saying what is wrong with it. */
export function readSession(text: string, name: string): RatingSession {
  const value = parsed(text, name);
  if (value['kind'] === ratingsKind) {
    throw refused(name, 'holds answers, not a session. Add it where answers are merged');
  }
  if (value['kind'] !== sessionKind) throw refused(name, 'is no session of the rating room');
  checkVersion(value, name);
  const { plan, transcripts } = value;
  if (!isPlan(plan)) throw refused(name, `is damaged: ${complaint(planSchema, plan)}`);
  if (!isTranscripts(transcripts)) {
    throw refused(name, `is damaged: ${complaint(transcriptsSchema, transcripts)}`);
  }
  checkPlan(plan, name);
  if (transcriptsHash(transcripts) !== plan.transcripts) {
    throw refused(name, 'was changed: its dialogues are not those that it was made with');
  }
  const known = new Set(transcripts.map(({ id }) => id));
  if (plan.items.some(({ a, b }) => !known.has(a) || (b !== null && !known.has(b)))) {
    throw refused(name, 'is damaged: it lacks a dialogue that is to be rated');
  }
  return { plan, transcripts };
}

/** Answers as JSON Lines: a line for the plan, one a sheet. Files of one session can be put one after the other. */
export function writeRatings(plan: RatingPlan, sheets: readonly RatingSheet[]): string {
  const head = { kind: ratingsKind, fileVersion: ratingFileVersion, plan };
  return [head, ...sheets].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Reads such a file; bad lines are told of. Errors: `bad-input` when it is no file of answers at all. */
export function readRatings(text: string, name: string): RatingsFile {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  const at = lines.findIndex((line) => line.trim() !== '');
  const first = lines[at];
  if (first === undefined) throw refused(name, 'is empty');
  if (text.includes(`"${sessionKind}"`) && !first.includes(`"${ratingsKind}"`)) {
    throw refused(name, 'is a session to be rated, and holds no answers');
  }
  const head = parsed(first, name);
  if (head['kind'] !== ratingsKind) throw refused(name, 'holds no answers of the rating room');
  checkVersion(head, name);
  const { plan } = head;
  if (!isPlan(plan)) throw refused(name, `is damaged: ${complaint(planSchema, plan)}`);
  checkPlan(plan, name);
  const sheets: RatingSheet[] = [];
  const problems: { line: number; reason: string }[] = [];
  for (const [i, line] of lines.entries()) {
    if (i <= at || line.trim() === '') continue;
    const read = readSheet(line, plan);
    if (typeof read === 'string') problems.push({ line: i + 1, reason: read });
    else if (read !== null) sheets.push(read);
  }
  return { name, plan, sheets, problems };
}

/** A sheet, `null` for the head of another file of the session, or why the line is neither. */
function readSheet(line: string, plan: RatingPlan): RatingSheet | null | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (reason) {
    return `It is not JSON (${reason instanceof Error ? reason.message : String(reason)}): the line may be cut off.`;
  }
  if (typeof value === 'object' && value !== null && 'kind' in value) {
    const other = 'plan' in value ? value.plan : null;
    if (isPlan(other) && other.id === plan.id) return null;
    return 'From here on the file belongs to another session.';
  }
  if (!isSheet(value)) return `It is no rater's sheet: ${complaint(sheetSchema, value)}.`;
  if (value.sessionId !== plan.id) return `The sheet of ${value.rater} is of another session.`;
  return value;
}

function isPlan(value: unknown): value is RatingPlan {
  return Check(planSchema, value);
}

function isSheet(value: unknown): value is RatingSheet {
  return Check(sheetSchema, value);
}

function isTranscripts(value: unknown): value is RatingSession['transcripts'] {
  return Check(transcriptsSchema, value);
}

function checkPlan(plan: RatingPlan, name: string): void {
  if (planId(plan) !== plan.id) {
    throw refused(name, 'was changed: its items are not those that it was made with');
  }
}

function checkVersion(value: Record<string, unknown>, name: string): void {
  if (value['fileVersion'] === ratingFileVersion) return;
  throw refused(
    name,
    `is of version ${String(value['fileVersion'])}, and this program reads version ${String(ratingFileVersion)}. Use the program that wrote it`,
  );
}

function parsed(text: string, name: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch (reason) {
    throw refused(name, 'is not JSON', reason instanceof Error ? reason.message : String(reason));
  }
  throw refused(name, 'is no file of the rating room');
}

function complaint(schema: object, value: unknown): string {
  const [, errors] = Errors(schema, value);
  const [first] = [...errors].sort(
    (a, b) => b.instancePath.split('/').length - a.instancePath.split('/').length,
  );
  return first === undefined
    ? 'it is incomplete'
    : `${first.instancePath || 'it'} ${first.message}`;
}

function refused(name: string, why: string, detail?: string): LabError {
  return new LabError('bad-input', `${name} ${why}.`, detail);
}
