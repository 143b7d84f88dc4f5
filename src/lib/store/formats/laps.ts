import type { Dialogue } from '../../contracts/dialogue';
import { fieldsOf, listField, nameField, textField, field, type Fields } from './json';
import { bad, good, type Found } from './limits';
import { byHumans, plainSource, roleOf, type SourceDialogue, type SourceTurn } from './source';
import type { WriteContext } from './write-context';

/**
 * LAPS (Joko et al., 2024): a worker's sessions, each a dialogue with the preferences that were extracted from it. One
 * person wrote both sides, guided by a model.
 */
export function readLaps(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const record = fieldsOf(value);
  const sessions = record && listField(record, 'sessions');
  if (!record || !sessions) return [bad(line, 'It has no list "sessions".')];
  const worker = nameField(record, 'worker_id') ?? `line ${String(line)}`;
  return sessions.map((session, i) => readSession(session, `${worker} ${String(i + 1)}`, line));
}

function readSession(value: unknown, id: string, line: number): Found<SourceDialogue> {
  const session = fieldsOf(value);
  const messages = session && listField(session, 'dialogue');
  if (!session || !messages) return bad(line, `Its session "${id}" has no list "dialogue".`);
  const turns: SourceTurn[] = [];
  for (const entry of messages) {
    const message = fieldsOf(entry);
    const role = message && roleOf(textField(message, 'role'));
    const text = message && textField(message, 'message');
    if (role === null || text === null) {
      return bad(line, `A message of its session "${id}" lacks a known role or a text.`);
    }
    turns.push({ role, text, titles: [] });
  }
  return good(line, plainSource(id, turns, { speakers: byHumans, summary: preferences(session) }));
}

/** "cuisine: Italian, Mexican; diet: vegan" */
function preferences(session: Fields): string {
  const groups = fieldsOf(field(session, 'preferences'));
  if (!groups) return '';
  return Object.entries(groups)
    .flatMap(([name, values]) => {
      const texts = Array.isArray(values) ? values.filter((text) => typeof text === 'string') : [];
      return texts.length === 0 ? [] : [`${name}: ${texts.join(', ')}`];
    })
    .join('; ');
}

/** A dialogue as a record of LAPS's format: one session, its preferences those of the profile. */
export function writeLaps(dialogue: Dialogue, context: WriteContext): string {
  const preferred = new Map<string, string[]>();
  for (const { type, value } of dialogue.profile.wanted) {
    preferred.set(type, [...(preferred.get(type) ?? []), value]);
  }
  return JSON.stringify({
    worker_id: dialogue.profileId,
    topic: dialogue.domain,
    sessions: [
      {
        dialogue: dialogue.turns.map(({ role, text }, i) => ({
          role: role === 'user' ? 'User' : 'Assistant',
          turn_number: i,
          message: text,
        })),
        preferences: Object.fromEntries(preferred),
      },
    ],
    ...context.source(dialogue),
  });
}
