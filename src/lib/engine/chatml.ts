import type { ChatMessage } from '../contracts/engine';
import { LabError } from '../contracts/errors';

/** ChatML's marks. In the text of a message they would end its turn, so they may not stay in one. */
const marks = /<\|(im_start|im_end|endoftext)\|>/g;

/** A message's text with ChatML's marks made harmless. */
function plain(text: string): string {
  return text.replace(marks, (_, name: string) => `<${name}>`);
}

/**
 * The messages as every engine gets them: marks of the format made harmless, and the order that all engines take: a
 * system message first and nowhere else, a user's message last. Error: `bad-input`.
 */
export function checkMessages(messages: readonly ChatMessage[]): ChatMessage[] {
  const wrong = messages.findIndex(({ role }, i) => (role === 'system') !== (i === 0));
  if (messages.length < 2 || wrong >= 0 || messages.at(-1)?.role !== 'user')
    throw new LabError(
      'bad-input',
      'A prompt must be a system message, then the turns, the last one by the user. This is a fault of the program that asks.',
      `roles: ${messages.map(({ role }) => role).join(', ')}`,
    );
  return messages.map(({ role, content }) => ({ role, content: plain(content) }));
}

/** The exact text that a ChatML model sees, up to where its answer begins. Takes checked messages. */
export function renderChatml(messages: readonly ChatMessage[]): string {
  const turns = messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`);
  return `${turns.join('')}<|im_start|>assistant\n`;
}

/**
 * web-llm's template for the same text. The mark that ends a turn opens the next one: after an answer it is not in
 * the key-value cache, and only so does a dialogue served from the cache have the tokens of a fresh prompt. There are
 * no role templates, because web-llm fills them with `String.replace`, which rewrites `$$` and `$&`.
 */
export function chatmlTemplate(stopTokens: readonly number[]) {
  return {
    system_template: '<|im_start|>system\n{system_message}',
    system_message: '',
    roles: {
      user: '<|im_end|>\n<|im_start|>user',
      assistant: '<|im_end|>\n<|im_start|>assistant',
      tool: '<|im_end|>\n<|im_start|>tool',
    },
    seps: [''],
    role_content_sep: '\n',
    role_empty_sep: '\n',
    stop_str: ['<|im_end|>'],
    stop_token_ids: [...stopTokens],
    add_role_after_system_message: true,
  };
}

/** The messages for web-llm: only the system message still goes through `String.replace`, so its `$` are doubled. */
export function escapeForTemplate(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message) =>
    message.role === 'system'
      ? { ...message, content: message.content.replaceAll('$', '$$$$') }
      : message,
  );
}
