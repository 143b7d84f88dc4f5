import type { Role, Violation } from '../contracts/action';
import type { ItemId } from '../contracts/catalogue';
import type { Mention, Turn } from '../contracts/dialogue';
import { parseTurn } from '../action/parser';
import type { Catalogue } from '../domain/catalogue';
import type { TurnReply } from './agent';
import { namedItems, recommendedItems } from './views';

/** A model's reply as a turn of the record: parsed, linked, its violations found. */
export function readTurn(
  role: Role,
  reply: TurnReply,
  earlier: readonly Turn[],
  known: readonly ItemId[],
  catalogue: Catalogue,
  trace: boolean,
): Turn {
  const { actions, text, violations } = parseTurn(reply.raw, {
    role,
    resolve: (title) => (catalogue.byLabel(title) ?? catalogue.resolveTitle(title))?.id ?? null,
    recommended: new Set(recommendedItems(earlier)),
  });
  const own = new Set(actions.flatMap((action) => action.items ?? []));
  // A user may speak of what the summary says it knows; that is no invention of its own.
  const before = new Set([...earlier.flatMap(namedItems), ...known]);
  const mentions = catalogue.link(text).map((link): Mention => {
    const { item, kind } = classify([link.item, ...link.homonyms], own, before);
    return { item, start: link.start, end: link.end, kind };
  });
  const strays = mentions
    .filter((mention) => mention.kind === 'stray')
    .map((mention): Violation => ({
      kind: 'stray-title',
      found: text.slice(mention.start, mention.end),
    }));
  const cutOff: Violation[] = reply.finish === 'length' ? [{ kind: 'cut-off' }] : [];
  return {
    role,
    actions,
    text,
    raw: reply.raw,
    mentions,
    violations: [...violations, ...strays, ...cutOff],
    tokens: reply.tokens,
    ms: reply.ms,
    seed: reply.seed,
    ...(reply.candidates === undefined ? {} : { candidates: reply.candidates }),
    ...(trace && reply.prompt !== null ? { prompt: reply.prompt } : {}),
  };
}

/** Of films that share a title, the one that the talk is about. */
function classify(
  items: readonly ItemId[],
  own: ReadonlySet<ItemId>,
  before: ReadonlySet<ItemId>,
): Pick<Mention, 'item' | 'kind'> {
  const acted = items.find((item) => own.has(item));
  if (acted !== undefined) return { item: acted, kind: 'action' };
  const earlier = items.find((item) => before.has(item));
  if (earlier !== undefined) return { item: earlier, kind: 'reference' };
  return { item: items[0] ?? '', kind: 'stray' };
}
