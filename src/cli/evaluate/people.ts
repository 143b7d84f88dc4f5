import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { isActionOf } from '../../lib/action/rules';
import type { Action, Role } from '../../lib/contracts/action';
import type { Dialogue, Turn } from '../../lib/contracts/dialogue';
import { LabError } from '../../lib/contracts/errors';
import { defaultConfig } from '../../lib/dialogue/start';
import { parseRedial, type RedialDialogue } from '../../lib/profile/redial';
import { checkDialogue } from '../../lib/store/record-check';
import type { SourceFile } from './read-runs';

/** People's dialogues as records, and where they came from. */
export interface People {
  name: string;
  dialogues: readonly Dialogue[];
  file: SourceFile;
}

interface SaidBy {
  role: Role;
  text: string;
  acts: readonly Action['type'][];
}

/**
 * People's dialogues: one JSON a line, each a dialogue record, `{ id, turns: [{ role, text, acts? }] }`, or of
 * ReDial's format, whose messages in a row by one side are one turn. Errors: `bad-input`, naming the file.
 */
export async function readPeople(path: string, domain: string): Promise<People> {
  const bytes = await readFile(path).catch((reason: unknown) => {
    throw new LabError(
      'bad-input',
      `${path} cannot be read. Check the name and try again.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  });
  const problems: { line: number; reason: string }[] = [];
  const dialogues: Dialogue[] = [];
  for (const [i, line] of bytes.toString('utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = readLine(line, i + 1, domain);
    if (typeof read === 'string') problems.push({ line: i + 1, reason: read });
    else dialogues.push(read);
  }
  if (dialogues.length === 0) {
    throw new LabError(
      'bad-input',
      `${path} holds no dialogue of people. ${problems[0]?.reason ?? 'It is empty.'}`,
    );
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = basename(path);
  return { name: 'people', dialogues, file: { name, sha256, records: dialogues.length, problems } };
}

/** A dialogue, or why the line is none. */
function readLine(line: string, number: number, domain: string): Dialogue | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (reason) {
    return `It is not JSON (${reason instanceof Error ? reason.message : String(reason)}).`;
  }
  if (typeof value !== 'object' || value === null) return 'It is not a dialogue.';
  if ('messages' in value) {
    try {
      return (
        parseRedial(line).map((one) => recordOf(one.id, redialTurns(one), domain))[0] ??
        'It is empty.'
      );
    } catch (reason) {
      return reason instanceof LabError ? reason.message : String(reason);
    }
  }
  if ('schemaVersion' in value) {
    const checked = checkDialogue(value);
    return checked.ok ? checked.dialogue : checked.reason;
  }
  const turns = 'turns' in value && Array.isArray(value.turns) ? value.turns.map(turnOf) : null;
  if (turns === null) return 'It has neither "messages" nor "turns".';
  const whole = turns.flatMap((turn) => turn ?? []);
  if (whole.length < turns.length)
    return 'A turn of it lacks a role, a text, or has an unknown act.';
  const id = 'id' in value && typeof value.id === 'string' ? value.id : `line ${String(number)}`;
  return recordOf(id, whole, domain);
}

function turnOf(value: unknown): SaidBy | null {
  if (typeof value !== 'object' || value === null) return null;
  const { role, text, acts = [] } = value as Record<string, unknown>;
  if ((role !== 'user' && role !== 'recommender') || typeof text !== 'string') return null;
  if (!Array.isArray(acts)) return null;
  const known = acts.filter(
    (act): act is Action['type'] => typeof act === 'string' && isActionOf(role, act),
  );
  return known.length === acts.length ? { role, text, acts: known } : null;
}

function redialTurns({ turns }: RedialDialogue): SaidBy[] {
  const joined: SaidBy[] = [];
  for (const { bySeeker, text } of turns) {
    const role: Role = bySeeker ? 'user' : 'recommender';
    const last = joined.at(-1);
    if (last?.role === role) joined[joined.length - 1] = { ...last, text: `${last.text} ${text}` };
    else joined.push({ role, text, acts: [] });
  }
  return joined;
}

const person = { id: 'people', hash: null, promptVersion: null, engine: 'none' } as const;

function recordOf(id: string, said: readonly SaidBy[], domain: string): Dialogue {
  const turns = said.map(({ role, text, acts }): Turn => ({
    role,
    text,
    raw: text,
    actions: acts.map((type) => ({ type })),
    mentions: [],
    violations: [],
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: 0 },
    seed: null,
  }));
  const exchanges = turns.filter(
    ({ role }, i) => role === 'recommender' && turns[i - 1]?.role === 'user',
  ).length;
  const hasAccept = turns.some(({ actions }) => actions.some(({ type }) => type === 'accept'));
  return {
    schemaVersion: 1,
    id: `people-${id}`,
    runId: 'people',
    profileId: `people-${id}`,
    domain,
    seed: 0,
    config: { ...defaultConfig, maxTurns: Math.max(2, turns.length) },
    models: { user: person, recommender: person },
    promptVersion: 'none',
    profile: {
      schemaVersion: 1,
      id: `people-${id}`,
      domain,
      summary: '',
      wanted: [],
      unwanted: [],
      liked: [],
      disliked: [],
      anonymity: 0,
      source: { dataset: 'people', split: 'hand', licence: 'unknown' },
    },
    targets: [],
    referenceDependent: false,
    resumed: false,
    turns,
    outcome: { status: hasAccept ? 'accepted' : 'declined', accepted: [], exchanges },
    startedAt: 0,
  };
}
