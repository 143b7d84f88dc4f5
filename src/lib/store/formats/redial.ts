import type { Dialogue } from '../../contracts/dialogue';
import { toErrorData } from '../../contracts/errors';
import { parseRedialDialogue } from '../../profile/redial';
import { field, fieldsOf, nameField, type Fields } from './json';
import { bad, good, type Found } from './limits';
import { byHumans, plainSource, type SourceDialogue } from './source';
import type { WriteContext } from './write-context';

const mention = /@(\d+)/g;

/**
 * A dialogue of ReDial (Li et al., 2018): messages by worker id, films as `@id` with their names aside, and forms of
 * both workers on what was suggested, seen and liked. Also read as other hosts lay it out, lists for maps.
 */
export function readRedial(value: unknown, line: number): readonly Found<SourceDialogue>[] {
  const fields = fieldsOf(value);
  if (!fields) return [bad(line, 'It is no dialogue of ReDial: an object is needed.')];
  try {
    const dialogue = parseRedialDialogue(asMaps(fields), line);
    const { names, answers } = dialogue;
    const titleOf = (id: string) => names.get(id)?.trim();
    const titles = (judge: (answer: { suggested: boolean; liked: boolean | null }) => boolean) =>
      [...answers].flatMap(([id, answer]) => (judge(answer) ? [titleOf(id) ?? ''] : []));
    const turns = dialogue.turns.map(({ bySeeker, text, films }) => ({
      role: bySeeker ? ('user' as const) : ('recommender' as const),
      text: text.replace(mention, (whole, id: string) => titleOf(id) ?? whole),
      titles: films.flatMap((id) => titleOf(id) ?? []),
    }));
    return [
      good(
        line,
        plainSource(dialogue.id, turns, {
          speakers: byHumans,
          liked: titles(({ suggested, liked }) => !suggested && liked === true),
          disliked: titles(({ liked }) => liked === false),
          accepted: titles(({ suggested, liked }) => suggested && liked === true),
        }),
      ),
    ];
  } catch (reason) {
    return [bad(line, toErrorData(reason).message.replace(/^Line \d+ /, 'It '))];
  }
}

/** Lists of `{ movieId, ... }` as maps by id. */
function asMaps(fields: Fields): Fields {
  const map = (name: string): unknown => {
    const list = field(fields, name);
    if (!Array.isArray(list)) return list;
    return Object.fromEntries(
      list.flatMap((entry: unknown) => {
        const film = fieldsOf(entry);
        const id = film && nameField(film, 'movieId');
        return film && id !== null ? [[id, field(film, 'movieName') ?? film] as const] : [];
      }),
    );
  };
  return {
    ...fields,
    movieMentions: map('movieMentions'),
    respondentQuestions: map('respondentQuestions'),
    initiatorQuestions: map('initiatorQuestions'),
  };
}

/** A dialogue as a line of ReDial's format; items that have no number in their id get one of this line. */
export function writeRedial(dialogue: Dialogue, context: WriteContext): string {
  const numbers = new Map<string, string>();
  const named = dialogue.turns.flatMap((turn) => turn.mentions.map(({ item }) => item));
  const taken = new Set(named.filter((id) => /^\d+$/.test(id)));
  let next = 1;
  const numberOf = (item: string): string => {
    const known = numbers.get(item) ?? (taken.has(item) ? item : null);
    if (known !== null) {
      numbers.set(item, known);
      return known;
    }
    while (taken.has(String(next))) next += 1;
    const number = String(next);
    taken.add(number);
    numbers.set(item, number);
    return number;
  };
  const messages = dialogue.turns.map((turn, i) => {
    let text = turn.text;
    for (const { item, start, end } of [...turn.mentions].sort((a, b) => b.start - a.start)) {
      text = `${text.slice(0, start)}@${numberOf(item)}${text.slice(end)}`;
    }
    return { messageId: i, timeOffset: i, senderWorkerId: turn.role === 'user' ? 0 : 1, text };
  });
  const forms = formsOf(dialogue, numbers);
  return JSON.stringify({
    conversationId: dialogue.id,
    initiatorWorkerId: 0,
    respondentWorkerId: 1,
    messages,
    movieMentions: Object.fromEntries([...numbers].map(([item, id]) => [id, context.label(item)])),
    initiatorQuestions: forms,
    respondentQuestions: forms,
    ...context.source(dialogue),
  });
}

/** 0 no, 1 yes, 2 not said, for every item that was named. */
function formsOf(
  dialogue: Dialogue,
  numbers: ReadonlyMap<string, string>,
): Record<string, { suggested: number; seen: number; liked: number }> {
  const acted = (type: string) =>
    new Set(
      dialogue.turns.flatMap((turn) =>
        turn.actions.flatMap((action) => (action.type === type ? (action.items ?? []) : [])),
      ),
    );
  const first = new Map<string, string>();
  for (const turn of dialogue.turns) {
    for (const { item } of turn.mentions) if (!first.has(item)) first.set(item, turn.role);
  }
  const accepted = new Set(dialogue.outcome?.accepted ?? []);
  const [seen, rejected] = [acted('seen'), acted('reject')];
  const { liked, disliked } = dialogue.profile;
  return Object.fromEntries(
    [...numbers].map(([item, id]) => [
      id,
      {
        suggested: first.get(item) === 'recommender' ? 1 : 0,
        seen: seen.has(item) ? 1 : 2,
        liked:
          accepted.has(item) || liked.includes(item)
            ? 1
            : rejected.has(item) || disliked.includes(item)
              ? 0
              : 2,
      },
    ]),
  );
}
