import { LabError } from '../contracts';

/** What a participant answered about one film of the talk. */
export interface FilmAnswer {
  /** The recommender named it first. */
  suggested: boolean;
  /** `null`: did not say. */
  seen: boolean | null;
  liked: boolean | null;
}

/** A dialogue in ReDial's format, read as ids; the text stays with the reader. */
export interface RedialDialogue {
  id: string;
  seeker: string;
  recommender: string;
  turns: readonly {
    bySeeker: boolean;
    text: string;
    films: readonly string[];
    /** The source's own number of the message; `null` where it has none. */
    message: number | null;
  }[];
  /** The films' names as the dialogue gives them, by id. */
  names: ReadonlyMap<string, string>;
  /** By film id: the seeker's own answers, else the recommender's about the seeker. */
  answers: ReadonlyMap<string, FilmAnswer>;
}

const mentionPattern = /@(\d+)/g;

function objectOf(value: unknown): Record<string, unknown> {
  // ReDial writes an empty list where an object has no entries.
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return value as Record<string, unknown>;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

/** 0 no, 1 yes, 2 did not say. */
function answerOf(value: unknown): boolean | null {
  return value === 1 ? true : value === 0 ? false : null;
}

function answersOf(raw: Record<string, unknown>): Map<string, FilmAnswer> {
  const answers = new Map<string, FilmAnswer>();
  for (const form of [raw.respondentQuestions, raw.initiatorQuestions]) {
    for (const [film, entry] of Object.entries(objectOf(form))) {
      const { suggested, seen, liked } = objectOf(entry);
      answers.set(film, {
        suggested: suggested === 1,
        seen: answerOf(seen),
        liked: answerOf(liked),
      });
    }
  }
  return answers;
}

/** One dialogue from parsed JSON. Errors: `bad-input`, naming the line. */
export function parseRedialDialogue(json: unknown, line: number): RedialDialogue {
  const raw = objectOf(json);
  const { conversationId, initiatorWorkerId, respondentWorkerId, messages } = raw;
  const ids = [conversationId, initiatorWorkerId, respondentWorkerId];
  if (ids.some((id) => typeof id !== 'string' && typeof id !== 'number')) {
    throw new LabError(
      'bad-input',
      `Line ${line} lacks a conversation or worker id. A file in ReDial's format is needed.`,
    );
  }
  if (!Array.isArray(messages)) {
    throw new LabError('bad-input', `Line ${line} has no list of messages.`);
  }
  const turns = messages.map((message) => {
    const { senderWorkerId, text, messageId, turn_id } = objectOf(message);
    const said = typeof text === 'string' ? text : '';
    return {
      bySeeker: String(senderWorkerId) === String(initiatorWorkerId),
      text: said,
      films: [...said.matchAll(mentionPattern)].map((match) => match[1] ?? ''),
      message: numberOf(messageId) ?? numberOf(turn_id),
    };
  });
  return {
    id: String(conversationId),
    seeker: String(initiatorWorkerId),
    recommender: String(respondentWorkerId),
    turns,
    names: new Map(
      Object.entries(objectOf(raw.movieMentions)).map(([id, name]) => [id, String(name)]),
    ),
    answers: answersOf(raw),
  };
}

/** Dialogues from JSON lines in ReDial's format. Errors: `bad-input`, naming the line. */
export function parseRedial(jsonl: string): RedialDialogue[] {
  return jsonl.split(/\r?\n/).flatMap((text, i) => {
    if (text.trim() === '') return [];
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch (reason) {
      throw new LabError('bad-input', `Line ${i + 1} is not JSON.`, String(reason));
    }
    return [parseRedialDialogue(json, i + 1)];
  });
}

/** The films that a dialogue names, each once. */
export function filmsOf(dialogue: RedialDialogue): Set<string> {
  return new Set(dialogue.turns.flatMap((turn) => turn.films));
}

/** In how many of the dialogues each film is named. */
export function countMentions(dialogues: readonly RedialDialogue[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const dialogue of dialogues) {
    for (const film of filmsOf(dialogue)) counts.set(film, (counts.get(film) ?? 0) + 1);
  }
  return counts;
}
