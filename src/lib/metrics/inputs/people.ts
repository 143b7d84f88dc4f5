import { isActionOf } from '../../action/rules';
import type { Action, Role } from '../../contracts/action';
import type { Dialogue, Turn } from '../../contracts/dialogue';
import { LabError } from '../../contracts/errors';
import { defaultConfig } from '../../dialogue/start';
import { parseRedial, type RedialDialogue } from '../../profile/redial';
import { splitLines } from '../../store/lines';
import { checkDialogue } from '../../store/record-check';
import { hashed, jsonOf, type Breathe, type LineFile, type SourceFile } from './source';

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
export async function readPeopleFile(
  source: LineFile,
  domain: string,
  breathe?: Breathe,
): Promise<People> {
  const { bytes, hash } = hashed(source);
  const problems: { line: number; reason: string }[] = [];
  const dialogues: Dialogue[] = [];
  let number = 0;
  for await (const line of splitLines(bytes)) {
    number += 1;
    if (line.trim() === '') continue;
    const read = readLine(line, number, domain);
    if (typeof read === 'string') problems.push({ line: number, reason: read });
    else dialogues.push(read);
    await breathe?.();
  }
  if (dialogues.length === 0) {
    throw new LabError(
      'bad-input',
      `${source.name} holds no dialogue of people. ${problems[0]?.reason ?? 'It is empty.'}`,
    );
  }
  const file = { name: source.name, sha256: hash(), records: dialogues.length, problems };
  return { name: 'people', dialogues, file };
}

/** A dialogue, or why the line is none. */
function readLine(line: string, number: number, domain: string): Dialogue | string {
  const read = jsonOf(line);
  if ('reason' in read) return read.reason;
  const { value } = read;
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
