import { guessDelimiter } from './csv';
import { defaultLimits } from './limits';
import { fieldsOf, readJson } from './json';
import type { FormatId } from './registry';

/** Keys of a record, and the format that has them; the first that fits is meant. */
const byKeys: readonly [FormatId, readonly string[]][] = [
  ['jsonl', ['schemaVersion', 'turns', 'config']],
  ['redial', ['conversationId', 'messages']],
  ['crslab', ['dialog']],
  ['dialoguekit', ['conversation']],
  ['dialoguekit', ['dialogues', 'agent']],
  ['laps', ['sessions']],
  ['pearl', ['dialogue']],
  ['pearl', ['prediction']],
  ['sharegpt', ['conversations']],
  ['chatml', ['messages']],
];

/** The format of a file by its name and first characters; `null` when it is like none. */
export function guessFormat(name: string, start: string): FormatId | null {
  if (start.startsWith('PAR1') || /\.parquet$/i.test(name)) return 'parquet';
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (/^(conversation_?)?\d+\s*:?\s*$/im.test(text) && /^User:/m.test(text)) return 'llm-redial';
  if (text.startsWith('{') || text.startsWith('[')) return byRecord(text);
  const [header = ''] = text.split(/\r?\n/, 1);
  const columns = header
    .split(guessDelimiter(header))
    .map((cell) => cell.replace(/^"|"$/g, '').trim());
  if (columns.includes('Messages')) return 'opendialkg';
  if (columns.includes('dialog_id') && columns.includes('speaker')) return 'inspired';
  return columns.includes('dialogue_id') && columns.includes('role') ? 'csv' : null;
}

function byRecord(text: string): FormatId | null {
  const [line = ''] = text.split(/\r?\n/, 1);
  const read = readJson(1, line, defaultLimits);
  const whole = read.ok ? fieldsOf(read.value) : null;
  const has = (key: string) =>
    whole ? Object.hasOwn(whole, key) : new RegExp(`"${key}"\\s*:`).test(text);
  return byKeys.find(([, keys]) => keys.every(has))?.[0] ?? null;
}
