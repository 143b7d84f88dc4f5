import type { AttributeType, Item, ItemId } from '../contracts/catalogue';
import type { RecommenderView } from '../contracts/view';
import { attributeKey } from '../domain/attributes';
import type { Catalogue } from '../domain/catalogue';
import { readSignals, type Signals } from '../recommend/signals';

/** What the policy has the generator say; the generator has no say in it. */
export type PolicyAct =
  | { type: 'ask'; about: AttributeType | null; time: number }
  | { type: 'recommend'; item: Item; because: string | null }
  | { type: 'answer'; item: Item }
  | { type: 'chat' }
  | { type: 'bye' };

/** So many wishes (attributes and titles) are enough to recommend from. */
const enough = 2;
/** Who has been asked this often is recommended something, whatever was said. */
const mostQuestions = 2;

const another = /\b(?:else|another|other|different|more)\b/i;
const taking =
  /\b(?:i(?:'ll| will| am going to|'m going to) (?:take|try|watch|play|check|get|go with)|i take|sounds (?:good|great|right|perfect|fun)|perfect)\b/i;
const refusing = /\b(?:not|no|but|seen|already|instead|don't|didn't|won't|played)\b/i;
const leaving = /\b(?:good ?bye|bye|see you|have a (?:good|nice|great) (?:day|one|night))\b/i;

/** Whether a question is about what was just recommended, and no wish for another one. */
function asksAbout(text: string): boolean {
  return (
    text.includes('?') &&
    !another.test(text) &&
    /\b(?:who|what|when|which|how|is|are|does|do|was|tell)\b/i.test(text)
  );
}

/** What the other side has said that it wants, each once. */
function wishes({ items, attributes }: Signals) {
  return {
    items: new Set(items.filter(({ stance }) => stance === 'wanted').map(({ item }) => item)),
    attributes: attributes
      .filter(({ stance }) => stance === 'wanted')
      .map(({ attribute }) => attribute),
  };
}

/**
 * The dialogue policy of a modular system, which reads the words of the conversation alone: it asks until two wishes
 * are known or it has asked twice, then recommends the ranker's first that it has not offered yet, answers a question
 * about the last one, and ends when the other side does.
 *
 * @param ranked the ranker's order, best first
 */
export function decide(
  view: RecommenderView,
  ranked: readonly ItemId[],
  catalogue: Catalogue,
): PolicyAct {
  const own = view.turns.flatMap((turn) => (turn.by === 'self' ? turn.actions : []));
  const last = view.turns.at(-1);
  const heard = last?.by === 'other' ? last.text : '';
  const offered = own
    .filter(({ type }) => type === 'recommend')
    .flatMap(({ items }) => items ?? []);
  const latest = catalogue.byLabel(offered.at(-1) ?? '');
  if (leaving.test(heard)) return { type: 'bye' };
  if (latest !== null && taking.test(heard) && !refusing.test(heard) && !heard.includes('?')) {
    return { type: 'chat' };
  }
  if (latest !== null && own.at(-1)?.type !== 'answer' && asksAbout(heard)) {
    return { type: 'answer', item: latest };
  }
  const wanted = wishes(readSignals(view, catalogue));
  const keys = new Set(wanted.attributes.map(attributeKey));
  const asked = own.filter(({ type }) => type === 'ask').length;
  if (keys.size + wanted.items.size < enough && asked < mostQuestions) {
    const open = catalogue.pack.attributeTypes.filter(
      ({ id, kind }) => kind !== 'decade' && !wanted.attributes.some(({ type }) => type === id),
    );
    return { type: 'ask', about: open[asked] ?? open[0] ?? null, time: asked };
  }
  const item = ranked
    .flatMap((id) => catalogue.byId(id) ?? [])
    .find(({ label }) => !offered.includes(label));
  if (item === undefined) return { type: 'bye' };
  const shared = catalogue
    .attributesOf(item)
    .find((attribute) => keys.has(attributeKey(attribute)));
  return { type: 'recommend', item, because: shared?.value ?? null };
}
