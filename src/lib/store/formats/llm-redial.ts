import type { Dialogue } from '../../contracts/dialogue';
import { bad, good, type Found } from './limits';
import { byModels, plainSource, type SourceDialogue, type SourceTurn } from './source';
import type { WriteContext } from './write-context';

const heading = /^\s*(?:conversation[_ ]?)?(\d+)\s*:?\s*$/i;
const spoken = /^\s*(User|Agent)\s*:\s?(.*)$/;

/**
 * LLM-REDIAL (Liang et al., 2024), its file of conversations: a line with the conversation's number, then paragraphs
 * that begin with "User:" or "Agent:". Lines that begin with `#` before the first number are a note. One model wrote
 * both sides.
 */
export async function* readLlmRedial(
  lines: AsyncIterable<Found<string>>,
): AsyncGenerator<Found<SourceDialogue>> {
  let open: { id: string; line: number; turns: SourceTurn[]; isBad: boolean } | null = null;
  const close = (): Found<SourceDialogue>[] =>
    open === null || open.isBad
      ? []
      : [good(open.line, plainSource(open.id, open.turns, { speakers: byModels }))];
  for await (const found of lines) {
    if (!found.ok) {
      yield found;
      if (open) open.isBad = true;
      continue;
    }
    const { line, value: text } = found;
    if (text.trim() === '' || (open === null && text.startsWith('#'))) continue;
    const id = heading.exec(text)?.[1];
    const turn = spoken.exec(text);
    const last: SourceTurn | undefined = open?.turns.at(-1);
    if (id !== undefined) {
      yield* close();
      open = { id, line, turns: [], isBad: false };
    } else if (open === null) {
      yield bad(line, 'It stands before the first number of a conversation.');
    } else if (turn) {
      const role = turn[1] === 'User' ? 'user' : 'recommender';
      open.turns.push({ role, text: turn[2] ?? '', titles: [] });
    } else if (last) {
      open.turns[open.turns.length - 1] = { ...last, text: `${last.text}\n${text}` };
    } else {
      yield bad(line, 'Nobody says it: "User:" or "Agent:" is missing.');
      open.isBad = true;
    }
  }
  yield* close();
}

/** A dialogue in LLM-REDIAL's format of conversations; `index` counts from 1. */
export function writeLlmRedial(dialogue: Dialogue, context: WriteContext, index: number): string {
  const { dataset, licence, attribution } = context.source(dialogue);
  const source = [dataset, licence, attribution ?? ''].filter((part) => part !== '').join(' · ');
  const note = index === 1 ? `# ${oneLine(source)}\n\n` : '';
  const turns = dialogue.turns.map(
    ({ role, text }) => `${role === 'user' ? 'User' : 'Agent'}: ${oneLine(text)}\n\n`,
  );
  return `${note}Conversation_${String(index)}:\n\n${turns.join('')}`;
}

/** Without breaks: a line of its own could be taken for a number or a speaker. */
function oneLine(text: string): string {
  return text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ');
}
