import type { Role } from '../../lib/contracts/action';
import type { RedialDialogue } from '../../lib/profile/redial';
import { tidy } from './tidy';

/** Consecutive messages of one side as one turn. */
export interface SourceTurn {
  role: Role;
  /** The source's number of the turn's first message: what labels are stored under. */
  message: number;
  /** Tidied, films as `@` and the catalogue's id. */
  text: string;
}

/** A film in a source's text. */
export const filmReference = /@(\d+)/g;

/** Film ids that a text names, in order, each once. */
export function filmIds(text: string): readonly string[] {
  return [...new Set([...text.matchAll(filmReference)].map((match) => match[1] ?? ''))];
}

/** Talk about the task itself, which no person outside the data's collection would say. */
const aboutTheTask =
  /\b(mturk|turk(er|ers|ing)?|hits?\b.{0,20}\b(submit|done|complete)|submit|movie forms|survey|the minimum|click (the|on)|enough messages|messages to (finish|complete))\b/i;

/** Ends a message so that the next one can follow it as a new sentence. */
function asSentence(text: string): string {
  return /[!?.,;:)"]$/.test(text) ? text : `${text}.`;
}

/**
 * The dialogue's turns; messages without words and those about the task are left out.
 *
 * @param keptId the catalogue's id of a film that has several in the source
 */
export function sourceTurns(
  dialogue: RedialDialogue,
  keptId: (id: string) => string = (id) => id,
): readonly SourceTurn[] {
  const turns: SourceTurn[] = [];
  dialogue.turns.forEach(({ bySeeker, text, message }, i) => {
    const role: Role = bySeeker ? 'user' : 'recommender';
    const words = tidy(text).replace(filmReference, (_, id: string) => `@${keptId(id)}`);
    if (!/[\p{L}\p{N}]/u.test(words) || aboutTheTask.test(words)) return;
    const last = turns.at(-1);
    if (last?.role === role) {
      // Some copies of the data say a message twice.
      if (last.text.endsWith(words)) return;
      turns[turns.length - 1] = { ...last, text: `${asSentence(last.text)} ${words}` };
    } else {
      turns.push({ role, message: message ?? i, text: words });
    }
  });
  return turns;
}
