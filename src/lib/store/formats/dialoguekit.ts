import type { Role } from '../../contracts/action';
import type { Dialogue, SeatRecord } from '../../contracts/dialogue';
import { field, fieldsOf, listField, nameField, textField, type Fields } from './json';
import { bad, good, type Found } from './limits';
import { plainSource, roleOf, type SourceDialogue, type SourceTurn, type Speaker } from './source';
import type { WriteContext } from './write-context';

/**
 * DialogueKit's export (iai-group): dialogues with `agent`, `user` and a `conversation` of utterances by `participant`;
 * one by one, or several of one pair under `dialogues`. Intents have no counterpart among the actions here.
 */
export function readDialogueKit(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const record = fieldsOf(value);
  if (!record) return [bad(line, 'It is no dialogue of DialogueKit: an object is needed.')];
  const several = listField(record, 'dialogues');
  if (!several) return [readOne(record, record, line)];
  return several.map((entry) => {
    const one = fieldsOf(entry);
    return one ? readOne(one, record, line) : bad(line, 'One of its dialogues is no object.');
  });
}

function readOne(record: Fields, pair: Fields, line: number): Found<SourceDialogue> {
  const conversation = listField(record, 'conversation');
  if (!conversation) return bad(line, 'It has no list "conversation".');
  const turns: SourceTurn[] = [];
  for (const entry of conversation) {
    const utterance = fieldsOf(entry);
    const role = utterance && roleOf(textField(utterance, 'participant'));
    const text = utterance && textField(utterance, 'utterance');
    if (!utterance || role === null || text === null) {
      return bad(line, 'An utterance of it lacks a known participant or a text.');
    }
    turns.push({ role, text, titles: titlesOf(utterance) });
  }
  const id =
    nameField(record, 'conversation ID') ??
    nameField(record, 'conversation_id') ??
    `line ${String(line)}`;
  const speakers = {
    user: speakerOf(field(record, 'user') ?? field(pair, 'user')),
    recommender: speakerOf(field(record, 'agent') ?? field(pair, 'agent')),
  };
  return good(line, plainSource(id, turns, { speakers }));
}

function speakerOf(participant: unknown): Speaker {
  const fields = fieldsOf(participant);
  const type = fields ? (textField(fields, 'type') ?? '').toUpperCase() : '';
  if (type === 'USER' || type === 'WOZ') return 'human';
  return type === 'BOT' || type === 'SIMULATOR' ? 'model' : 'unknown';
}

/** Annotations are pairs of a slot and its value or values; those of items name a title. */
function titlesOf(utterance: Fields): string[] {
  const pairs = listField(utterance, 'annotations') ?? listField(utterance, 'slot_values') ?? [];
  return pairs.flatMap((pair): string[] => {
    const [slot, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof slot !== 'string' || !/^(title|item|movies?|books?)$/i.test(slot)) return [];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((title) => typeof title === 'string');
  });
}

/** A dialogue as an element of DialogueKit's list, its actions as intents. */
export function writeDialogueKit(dialogue: Dialogue, context: WriteContext): string {
  const participant = (role: Role) => {
    const { id } = dialogue.models[role];
    return { id, type: typeOf(role, dialogue.models[role]) };
  };
  return JSON.stringify({
    'conversation ID': dialogue.id,
    agent: participant('recommender'),
    user: participant('user'),
    conversation: dialogue.turns.map((turn) => ({
      participant: turn.role === 'user' ? 'USER' : 'AGENT',
      utterance: turn.text,
      dialogue_acts: turn.actions.map(({ type, items }) => ({
        intent: type.toUpperCase(),
        slot_values: (items ?? []).map((item) => ['TITLE', context.label(item)]),
      })),
      annotations: turn.mentions.map(({ item }) => ['TITLE', context.label(item)]),
    })),
    metadata: context.source(dialogue),
  });
}

function typeOf(role: Role, { id }: SeatRecord): string {
  if (id === 'human') return role === 'user' ? 'USER' : 'WOZ';
  return role === 'user' ? 'SIMULATOR' : 'BOT';
}
