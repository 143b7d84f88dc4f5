import { shuffled, type Random } from '../../lib/domain/random';
import { filmIds, type SourceTurn } from './source-turns';

/** What was done so that the user opens. */
export type Opening = 'user' | 'greeting-dropped' | 'request-added';

export interface Opened {
  turns: readonly SourceTurn[];
  opening: Opening;
  /** The first turn answers what was dropped, or is not a person's: nothing is learned from writing it. */
  firstIsContext: boolean;
}

/** A person's answer to a greeting, odd as the first words of a talk. */
const answersGreeting =
  /^(hi|hello|hey)?[,.! ]*(i'?m|i am|im|doing|pretty|very|good|great|fine|well|yes|yeah|sure|no|not|ok|okay|you too|same|any|all)\b/i;
const asksForFilm =
  /\b(look|want|recommend|suggest|movie|film|like|love|find|know of|interested)\w*/i;

const requests = [
  'Hi, can you recommend a movie?',
  'Hello! I need something to watch.',
  'hey, what should I watch tonight?',
  'Hi there, any movie suggestions?',
  'Hello, I am looking for a movie.',
  'hi, help me find a good movie',
];

/**
 * In the program the user opens. A recommender's greeting before it is dropped; where the recommender opens with a
 * film, a request of ours is put before it, as context only.
 */
export function userOpens(turns: readonly SourceTurn[], random: Random): Opened {
  const [first, second] = turns;
  if (first?.role !== 'recommender') return { turns, opening: 'user', firstIsContext: false };
  if (filmIds(first.text).length > 0) {
    const text = shuffled(requests, random)[0] ?? '';
    const request: SourceTurn = { role: 'user', message: -1, text };
    return { turns: [request, ...turns], opening: 'request-added', firstIsContext: true };
  }
  const text = second?.text ?? '';
  const firstIsContext = answersGreeting.test(text) && !asksForFilm.test(text);
  return { turns: turns.slice(1), opening: 'greeting-dropped', firstIsContext };
}
