import type { Role } from '../../contracts/action';
import type { Dialogue, Turn } from '../../contracts/dialogue';
import { field, fieldsOf, listField, nameField, textField, type Fields } from './json';
import { bad, good, type Found } from './limits';
import { plainSource, roleOf, type SourceDialogue, type SourceTurn } from './source';
import type { RoleMask, WriteContext } from './write-context';

/**
 * A chat in the format of OpenAI's messages (ChatML) or of ShareGPT. System and tool messages are left out. In a file of
 * this program, `metadata.assistant` says which side the assistant is.
 */
export function readChat(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const record = fieldsOf(value);
  const messages =
    record &&
    (listField(record, 'messages') ?? listField(record, 'conversations') ?? markedUp(record));
  if (!record || !messages) return [bad(line, 'It has no list "messages" or "conversations".')];
  const swapped = assistantOf(record) === 'user';
  const turns: SourceTurn[] = [];
  for (const entry of messages) {
    const message = fieldsOf(entry);
    const name = message && (textField(message, 'role') ?? textField(message, 'from'));
    const text = message && contentOf(field(message, 'content') ?? field(message, 'value'));
    if (name === null || text === null)
      return [bad(line, 'A message of it lacks a role or a text.')];
    if (['system', 'tool', 'function', 'developer'].includes(name.toLowerCase())) continue;
    const role = roleOf(name);
    if (role === null) return [bad(line, `The role "${name.slice(0, 40)}" is not known.`)];
    turns.push({ role: swapped ? otherRole(role) : role, text, titles: [] });
  }
  return [good(line, plainSource(nameField(record, 'id') ?? `line ${String(line)}`, turns))];
}

function otherRole(role: Role): Role {
  return role === 'user' ? 'recommender' : 'user';
}

function assistantOf(record: Fields): unknown {
  const metadata = fieldsOf(field(record, 'metadata'));
  return metadata && field(metadata, 'assistant');
}

/** A text, or the texts of a list of parts. */
function contentOf(content: unknown): string | null {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return null;
  const texts = content.map((part: unknown) => {
    const fields = fieldsOf(part);
    return fields && textField(fields, 'text');
  });
  return texts.every((text) => text !== null) ? texts.join('') : null;
}

const marked = /<\|im_start\|>([^\n]*)\n([\s\S]*?)(?:<\|im_end\|>|$)/g;

/** Messages of a `text` that is marked up as ChatML. */
function markedUp(record: Fields): { role: string; content: string }[] | null {
  const text = textField(record, 'text');
  if (text?.includes('<|im_start|>') !== true) return null;
  return [...text.matchAll(marked)].map(([, role = '', content = '']) => ({
    role: role.trim(),
    content,
  }));
}

/** What a model would put out: the action line, then the words. */
function outputOf(turn: Turn): string {
  return turn.raw === '' ? turn.text : turn.raw;
}

/** Which side the assistant is: the one that is learned; the recommender when both are. */
function assistantFor(mask: RoleMask): Role {
  return mask === 'both' ? 'recommender' : mask;
}

function metadataOf(dialogue: Dialogue, context: WriteContext) {
  return {
    assistant: assistantFor(context.mask),
    domain: dialogue.domain,
    profile: dialogue.profileId,
    ...context.source(dialogue),
  };
}

/** OpenAI's fine-tuning format: `weight` 0 keeps a message out of the loss. */
export function writeChatMl(dialogue: Dialogue, context: WriteContext): string {
  const assistant = assistantFor(context.mask);
  return JSON.stringify({
    id: dialogue.id,
    messages: dialogue.turns.map((turn) => ({
      role: turn.role === assistant ? 'assistant' : 'user',
      content: outputOf(turn),
      weight: context.mask === 'both' || turn.role === context.mask ? 1 : 0,
    })),
    metadata: metadataOf(dialogue, context),
  });
}

/** ShareGPT's format; `train` false keeps a message out of the loss, as axolotl reads it. */
export function writeShareGpt(dialogue: Dialogue, context: WriteContext): string {
  const assistant = assistantFor(context.mask);
  return JSON.stringify({
    id: dialogue.id,
    conversations: dialogue.turns.map((turn) => ({
      from: turn.role === assistant ? 'gpt' : 'human',
      value: outputOf(turn),
      train: context.mask === 'both' || turn.role === context.mask,
    })),
    metadata: metadataOf(dialogue, context),
  });
}
