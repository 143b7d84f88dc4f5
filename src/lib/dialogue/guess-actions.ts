import type { Action, ActionType, Role } from '../contracts/action';
import type { ItemId } from '../contracts/catalogue';
import type { Turn } from '../contracts/dialogue';
import { actionOrder, maxActions } from '../action/rules';
import type { Catalogue } from '../domain/catalogue';
import { namedItems, recommendedItems } from './views';

export interface GuessContext {
  role: Role;
  /** The dialogue so far. */
  turns: readonly Turn[];
  catalogue: Catalogue;
  /** Most items in one `recommend`. */
  slate: number;
}

/** A title in a text: its item and the clause that names it. */
interface Named {
  item: ItemId;
  clause: string;
}

type Guess = Map<ActionType, readonly ItemId[]>;

/**
 * What a person's words probably do, as a suggestion that they can change: the titles in them by the catalogue's own
 * linking, the rest by plain cues of English. Nothing is guessed of an empty text.
 */
export function guessActions(text: string, context: GuessContext): readonly Action[] {
  if (text.trim() === '') return [];
  const guess = context.role === 'user' ? guessUser(text, context) : guessOther(text, context);
  if (guess.size === 0) guess.set('chat', []);
  return actionOrder(context.role)
    .filter((type) => guess.has(type))
    .slice(0, maxActions)
    .map((type) => {
      const items = guess.get(type) ?? [];
      return items.length === 0 ? { type } : { type, items };
    });
}

const goodbye = /\b(?:good)?bye\b|\bsee you\b|\bthat(?:'|’)?s all\b/i;
const accepting =
  /\b(?:(?:i|we)(?:'|’)?ll (?:take|try|watch|play|read|go (?:with|for)|give)|sounds? (?:good|great|perfect|fun|nice|like)|perfect|great (?:choice|idea)|good (?:choice|idea)|let(?:'|’)?s (?:watch|play|go|do|try)|yes,? please|deal|that one)\b/i;
const rejecting =
  /\b(?:no,? thanks?|no thank you|not (?:for me|interested|that|really|my|in the mood)|(?:don|didn|wouldn)(?:'|’)?t (?:like|want|care|enjoy|think)|something else|anything else|rather not|hate[ds]?|dislike[ds]?|too (?:long|old|scary|violent|dark|slow|short|silly|sad|much|complex)|nope|pass|boring)\b|^no\b/i;
const wishing =
  /\b(?:looking for|in the mood|i(?:'|’)?d like|i (?:want|like|love|prefer|enjoy|hate|need|loved|liked|enjoyed)|something|anything)\b/i;

function guessUser(said: string, { turns, catalogue }: GuessContext): Guess {
  const guess: Guess = new Map();
  const recommended = recommendedItems(turns);
  const named = namedIn(said, catalogue, recommended);
  const text = withoutTitles(said, catalogue);
  const judged = named.filter(({ item }) => recommended.includes(item));
  const latest = turns.at(-1)?.actions.find(({ type }) => type === 'recommend')?.items ?? [];
  // Whoever names nothing speaks of what was recommended last.
  const about = judged.length > 0 ? judged : latest.map((item): Named => ({ item, clause: text }));
  for (const { item, clause } of about) {
    const verdict = verdictOf(clause, catalogue) ?? verdictOf(text, catalogue);
    if (verdict !== null) guess.set(verdict, [...(guess.get(verdict) ?? []), item]);
  }
  const others = named.filter(({ item }) => !recommended.includes(item)).map(({ item }) => item);
  if (others.length > 0 || wishing.test(text) || catalogue.findAttributes(said).length > 0) {
    if (others.length > 0 || !guess.has('accept')) guess.set('inform', others.slice(0, maxActions));
  }
  if (text.includes('?')) guess.set('ask', []);
  if (goodbye.test(text)) guess.set('bye', []);
  return guess;
}

function verdictOf(text: string, { pack }: Catalogue): 'seen' | 'reject' | 'accept' | null {
  const known = `(?:seen|watched|saw|played|${escaped(pack.words.consumed)})`;
  const negated = new RegExp(`(?:n(?:'|’)?t|not|never)\\s+(?:\\w+\\s+){0,2}${known}\\b`, 'i');
  if (new RegExp(`\\b${known}\\b`, 'i').test(text) && !negated.test(text)) return 'seen';
  if (rejecting.test(text)) return 'reject';
  return accepting.test(text) ? 'accept' : null;
}

function escaped(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function guessOther(said: string, { turns, catalogue, slate }: GuessContext): Guess {
  const guess: Guess = new Map();
  const recommended = recommendedItems(turns);
  const before = new Set(turns.flatMap(namedItems));
  const named = namedIn(said, catalogue, [...before]);
  const text = withoutTitles(said, catalogue);
  const fresh = named.filter(({ item }) => !before.has(item));
  const again = named.filter(({ item }) => recommended.includes(item)).map(({ item }) => item);
  if (fresh.length > 0)
    guess.set(
      'recommend',
      fresh.slice(0, slate).map(({ item }) => item),
    );
  const last = turns.at(-1);
  const wasAsked = last?.role === 'user' && last.text.includes('?');
  if (again.length > 0 || (wasAsked && fresh.length === 0)) {
    guess.set('answer', again.slice(0, maxActions));
  }
  // "How about Heat?" recommends; it does not ask.
  const asks = clausesOf(text).some(
    (clause) => clause.text.endsWith('?') && !named.some((one) => one.clause === clause.text),
  );
  if (asks) guess.set('ask', []);
  if (goodbye.test(text)) guess.set('bye', []);
  return guess;
}

/** The text's titles, each once; of films that share a title the one of `preferred`. */
function namedIn(text: string, catalogue: Catalogue, preferred: readonly ItemId[]): Named[] {
  const found = new Map<ItemId, Named>();
  const clauses = clausesOf(withoutTitles(text, catalogue));
  for (const { item, homonyms, start } of catalogue.link(text)) {
    const meant = [item, ...homonyms].find((id) => preferred.includes(id)) ?? item;
    const clause = clauses.findLast((each) => each.start <= start)?.text ?? text;
    if (!found.has(meant)) found.set(meant, { item: meant, clause });
  }
  return [...found.values()];
}

/** The text with its titles blotted out, each word where it was: "Saw" is no seeing. */
function withoutTitles(text: string, catalogue: Catalogue): string {
  return catalogue
    .link(text)
    .reduce(
      (left, { start, end }) => left.slice(0, start) + '_'.repeat(end - start) + left.slice(end),
      text,
    );
}

/** Sentences, and their halves before a "but". */
function clausesOf(text: string): { start: number; text: string }[] {
  const cuts = [...text.matchAll(/(?<=[.!?;\n])\s+|\s+(?=but\b)/gi)].map(({ index }) => index);
  return [0, ...cuts].map((start, i) => ({ start, text: text.slice(start, cuts[i]).trim() }));
}
