import type { Role } from '../../lib/contracts/action';
import type { FilmAnswer, RedialDialogue } from '../../lib/profile/redial';
import { splitOf, type Split } from '../../lib/profile/split';
import { filmIds, filmReference, type SourceTurn } from './source-turns';

/** What the tagger sees of a turn. */
export interface TaggerRow {
  conversation: string;
  message: number;
  role: Role;
  split: Split;
  /** The turn's words, films as FILM. */
  text: string;
  /** The other side's words before it; empty at the start. */
  before: string;
  numbers: Readonly<Record<string, number>>;
}

function withoutTitles(text: string): string {
  return text.replace(filmReference, ' FILM ').replace(/\s+/g, ' ').trim();
}

/** How many of the films the questionnaire says each thing of. */
function countAnswers(
  prefix: string,
  films: readonly string[],
  answers: ReadonlyMap<string, FilmAnswer>,
): Record<string, number> {
  const given = films.flatMap((film) => answers.get(film) ?? []);
  const count = (holds: (answer: FilmAnswer) => boolean) => given.filter(holds).length;
  return {
    [`${prefix}Films`]: films.length,
    [`${prefix}Suggested`]: count((a) => a.suggested),
    [`${prefix}Seen`]: count((a) => a.seen === true),
    [`${prefix}Unseen`]: count((a) => a.seen === false),
    [`${prefix}Liked`]: count((a) => a.liked === true),
    [`${prefix}Disliked`]: count((a) => a.liked === false),
  };
}

/** One row a turn, with what the questionnaire says of the films in it, in the turn before, and new in it. */
export function taggerRows(
  dialogue: RedialDialogue,
  turns: readonly SourceTurn[],
): readonly TaggerRow[] {
  const named = new Set<string>();
  const split = splitOf(dialogue.seeker);
  return turns.map(({ role, message, text }, i) => {
    const films = filmIds(text);
    const before = turns[i - 1]?.text ?? '';
    const fresh = films.filter((film) => !named.has(film));
    films.forEach((film) => named.add(film));
    return {
      conversation: dialogue.id,
      message,
      role,
      split,
      text: withoutTitles(text),
      before: withoutTitles(before),
      numbers: {
        position: i,
        left: turns.length - 1 - i,
        words: text.split(' ').length,
        asks: text.includes('?') ? 1 : 0,
        fresh: fresh.length,
        ...countAnswers('own', films, dialogue.answers),
        ...countAnswers('before', filmIds(before), dialogue.answers),
      },
    };
  });
}
