import type { Attribute, ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';
import { clauseAround } from '../domain/clause';
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
  /** Whether the other side asked for something after this side had recommended: what was recommended lacked it. */
  corrected: boolean;
}

const refusal =
  /\b(?:not|never|no|hate[ds]?|dislike[ds]?|boring|awful|terrible|worst|avoid|without|except|isn't|wasn't|don't|didn't|doesn't|can't|cannot|won't|dont|didnt|isnt|wasnt|rather not|sick of|tired of|nothing)\b/i;
/** Refusals in words only: "I have not seen it" tells nothing about taste. */
const unseen =
  /\b(?:not|never|haven't|havent|hasn't|don't think I(?:'ve| have)?|didn't)\s+(?:\w+\s+)?(?:seen|see|watched|heard|watch)\b/i;

/** A clause about what was recommended, not about a wish: "that isn't comedy", "there is no comedy in it". */
const lacking =
  /^\W*(?:(?:no|nah|nope|hmm|well|and|sorry)\W+)*(?:(?:that|this|it|there)(?: (?:one|film|movie|game))?(?:'s| is| was)? ?(?:really |quite )?(?:isn't|wasn't|hasn't|doesn't|isnt|wasnt|doesnt|not|no|has no|has nothing)\b|i (?:don't|dont|do not) think (?:that|this|it|there)(?:'s| is)\b)[^,]*$/i;
/** "No John Cusack there." */
const lackingHere = /\b(?:no|not) (?:any )?$/i;
const here = /^ (?:there|here|in (?:that|this))\b/i;
/** "Keanu Reeves isn't in it." */
const lackingAfter = /^ (?:isn't|isnt|wasn't|wasnt|is not|was not|not) (?:in|part of)\b/i;

function isRefused(text: string, start: number, end: number): boolean {
  const { before, after } = clauseAround(text, start, end);
  // Who complains that something is lacking asks for it.
  const isMissed =
    lacking.test(before) ||
    (lackingHere.test(before) && here.test(after)) ||
    lackingAfter.test(after);
  return !isMissed && refusal.test(`${before} ${after}`.replace(unseen, ' '));
}

const refusalFirst =
  /^\W*(?:(?:hmm|um|sorry|thanks|thank you|oh|well)\W+)?(?:but )?(?:no|nah|nope|not (?:really|quite|my|that|for|interested)|i(?:'d| would) rather|i(?:'ll| will| think i(?:'ll| will)) (?:pass|skip)|i(?:'m| am) (?:really )?not (?:interested|into|a fan)|that(?:'s|s| is) not|(?:that|it|this)(?: one)? (?:doesn't|does not|isn't|is not|sounds a bit off)|i (?:hate|(?:didn't|did not|don't|do not|wouldn't) (?:like|care|want|enjoy|think so)))\b/i;

/** An answer that opens by turning the recommendation down. */
function turnsDown(text: string): boolean {
  return refusalFirst.test(text.replace(unseen, ' '));
}

/** Reads the conversation: titles and attributes that it names, with their stance, and the other side's words. */
export function readSignals(view: RecommenderView, catalogue: Catalogue): Signals {
  const items: { item: ItemId; stance: Stance }[] = [];
  const attributes: { attribute: Attribute; stance: Stance }[] = [];
  const words: string[] = [];
  let hasOffered = false;
  let corrected = false;
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
      const stance = heard ? stanceAt(start, end) : 'offered';
      attributes.push({ attribute, stance });
      corrected ||= hasOffered && stance === 'wanted';
    }
    if (!heard) {
      hasOffered ||= items.some(({ stance }) => stance === 'offered' || stance === 'declined');
      return;
    }
    for (const { norm, start, end } of tokenize(turn.text)) {
      if (!titles.some((title) => title.start < end && title.end > start)) words.push(norm);
    }
  });
  return { items, attributes, words, corrected };
}
