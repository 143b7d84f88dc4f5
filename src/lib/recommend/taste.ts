import type { Attribute, ItemId, RecommenderView } from '../contracts';
import type { Catalogue } from '../domain/catalogue';

/** What a conversation says about the other side's taste; weights in [-1, 1]. */
export interface Taste {
  items: readonly { item: ItemId; weight: number }[];
  attributes: readonly { attribute: Attribute; weight: number }[];
}

const refusal =
  /\b(?:not|never|no|hate[ds]?|dislike[ds]?|boring|awful|terrible|worst|avoid|without|except|isn't|wasn't|don't|didn't|doesn't|can't|cannot|won't|dont|didnt|isnt|wasnt|rather not|sick of|tired of|nothing)\b/i;
/** Refusals in words only: "I have not seen it" tells nothing about taste. */
const unseen =
  /\b(?:not|never|haven't|havent|hasn't|don't think I(?:'ve| have)?|didn't)\s+(?:\w+\s+)?(?:seen|see|watched|heard|watch)\b/i;

/** What the other side's own words weigh, and what this side's do: a recommendation is a guess at taste. */
const heardWeight = 1;
const refusedWeight = -0.6;
const ownWeight = 0.45;
const ownRefusedWeight = -0.25;
const ownAttributeWeight = 0.3;

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

/** Reads the conversation: titles named with liking or not, and words for attributes. */
export function readTaste(view: RecommenderView, catalogue: Catalogue): Taste {
  const items = new Map<ItemId, number>();
  const attributes: { attribute: Attribute; weight: number }[] = [];
  const note = (item: ItemId, weight: number) => {
    const known = items.get(item);
    items.set(item, known === undefined || Math.abs(weight) > Math.abs(known) ? weight : known);
  };
  view.turns.forEach((turn, i) => {
    const heard = turn.by === 'other';
    const answer = view.turns[i + 1];
    const down = !heard && answer?.by === 'other' && turnsDown(answer.text);
    const own = down ? ownRefusedWeight : ownWeight;
    for (const { item, start, end } of catalogue.link(turn.text)) {
      const refused = heard && isRefused(turn.text, start, end);
      note(item, heard ? (refused ? refusedWeight : heardWeight) : own);
    }
    if (turn.by === 'self') {
      for (const action of turn.actions) {
        for (const label of action.items ?? []) {
          const item = catalogue.byLabel(label);
          if (item !== null) note(item.id, own);
        }
      }
    }
    for (const { attribute, start, end } of catalogue.findAttributeMentions(turn.text)) {
      const refused = heard && isRefused(turn.text, start, end);
      attributes.push({ attribute, weight: heard ? (refused ? -1 : 1) : ownAttributeWeight });
    }
  });
  return { items: [...items].map(([item, weight]) => ({ item, weight })), attributes };
}
