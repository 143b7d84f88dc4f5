import type { Attribute, ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { tokenize } from '../domain/text';

/**
 * How something came up: `wanted` and `refused` by the other side, `offered` by this side, `declined` offered by this
 * side and turned down at once.
 */
export const stances = ['wanted', 'refused', 'offered', 'declined'] as const;
export type Stance = (typeof stances)[number];

/** All that a ranker reads from a conversation, in the order of saying, repeats kept. */
export interface Signals {
  items: readonly { item: ItemId; stance: Stance }[];
  attributes: readonly { attribute: Attribute; stance: Stance }[];
  /** Normalised words of the other side, titles apart. */
  words: readonly string[];
}

const refusal =
  /\b(?:not|never|no|hate[ds]?|dislike[ds]?|boring|awful|terrible|worst|avoid|without|except|isn't|wasn't|don't|didn't|doesn't|can't|cannot|won't|dont|didnt|isnt|wasnt|rather not|sick of|tired of|nothing)\b/i;
/** Refusals in words only: "I have not seen it" tells nothing about taste. */
const unseen =
  /\b(?:not|never|haven't|havent|hasn't|don't think I(?:'ve| have)?|didn't)\s+(?:\w+\s+)?(?:seen|see|watched|heard|watch)\b/i;

/** The clause around a place in the text: from the mark before it to the mark after. */
function clauseAround(text: string, start: number, end: number): string {
  const before = text.slice(0, start);
  const marks = [...before.matchAll(/[.!?;\n]|\bbut\b/gi)];
  const from = marks[marks.length - 1]?.index ?? 0;
  const after = /[.!?;\n,]|\bbut\b/i.exec(text.slice(end));
  return text.slice(from, start) + ' ' + text.slice(end, after ? end + after.index : text.length);
}

function isRefused(text: string, start: number, end: number): boolean {
  const clause = clauseAround(text, start, end);
  return refusal.test(clause.replace(unseen, ' '));
}

/** An answer that opens by turning the recommendation down. */
function turnsDown(text: string): boolean {
  return /^\W*(?:no|nah|nope|not really|hmm,? no|i (?:hate|didn't|did not|don't|do not) (?:like|care))\b/i.test(
    text.replace(unseen, ' '),
  );
}

/** Reads the conversation: titles and attributes that it names, with their stance, and the other side's words. */
export function readSignals(view: RecommenderView, catalogue: Catalogue): Signals {
  const items: { item: ItemId; stance: Stance }[] = [];
  const attributes: { attribute: Attribute; stance: Stance }[] = [];
  const words: string[] = [];
  view.turns.forEach((turn, i) => {
    const heard = turn.by === 'other';
    const answer = view.turns[i + 1];
    const down = !heard && answer?.by === 'other' && turnsDown(answer.text);
    const own: Stance = down ? 'declined' : 'offered';
    const stanceAt = (start: number, end: number): Stance =>
      heard ? (isRefused(turn.text, start, end) ? 'refused' : 'wanted') : own;
    const titles = catalogue.link(turn.text);
    for (const { item, start, end } of titles) items.push({ item, stance: stanceAt(start, end) });
    if (turn.by === 'self') {
      for (const label of turn.actions.flatMap((action) => action.items ?? [])) {
        const item = catalogue.byLabel(label);
        if (item !== null) items.push({ item: item.id, stance: own });
      }
    }
    for (const { attribute, start, end } of catalogue.findAttributeMentions(turn.text)) {
      attributes.push({ attribute, stance: heard ? stanceAt(start, end) : 'offered' });
    }
    if (!heard) return;
    for (const { norm, start, end } of tokenize(turn.text)) {
      if (!titles.some((title) => title.start < end && title.end > start)) words.push(norm);
    }
  });
  return { items, attributes, words };
}
