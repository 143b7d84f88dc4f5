import type { Action, ActionType, Role, Violation } from '../contracts/action';
import type { ItemId } from '../contracts/catalogue';
import {
  actionOrder,
  feedbackTypes,
  isActionOf,
  itemSeparator,
  maxActions,
  needsItem,
} from './rules';

/** What a raw output says it does, what it says, and what is wrong with it. */
export interface ParsedTurn {
  actions: readonly Action[];
  text: string;
  violations: readonly Violation[];
}

export interface ParseContext {
  role: Role;
  /** The catalogue's item for a title as it stands in an action, `null` when there is none. */
  resolve: (title: string) => ItemId | null;
  /** Items recommended so far: what feedback may name. */
  recommended: ReadonlySet<ItemId>;
}

const group = /^\s*\[([^[\]\n]*)\]/;

/**
 * Reads a model's raw output. Any text is accepted and nothing throws: an output without an action line
 * becomes text without actions and the violation `unparsed`.
 */
export function parseTurn(raw: string, context: ParseContext): ParsedTurn {
  const violations: Violation[] = [];
  const groups: string[] = [];
  let rest = raw;
  for (let match = group.exec(rest); match !== null; match = group.exec(rest)) {
    groups.push(match[1] ?? '');
    rest = rest.slice(match[0].length);
    // Brackets on a later line are talk, not actions.
    if (/^[^\S\n]*\n/.test(rest)) break;
  }
  if (groups.length === 0) violations.push({ kind: 'unparsed' });

  const actions = readActions(groups, context, violations);
  if (groups.length > 0) {
    const line = raw.slice(0, raw.length - rest.length);
    if (!rest.startsWith('\n') || !isCanonical(line, actions, context.role)) {
      violations.push({ kind: 'loose-line', found: line });
    }
  }
  checkContradictions(actions, violations);
  const text = rest.trim();
  if (text === '') violations.push({ kind: 'empty-text' });
  return { actions, text, violations };
}

function readActions(
  groups: readonly string[],
  context: ParseContext,
  violations: Violation[],
): Action[] {
  const items = new Map<ActionType, ItemId[]>();
  for (const content of groups) {
    const colon = content.indexOf(':');
    const type = (colon < 0 ? content : content.slice(0, colon)).trim().toLowerCase();
    if (!isActionOf(context.role, type)) {
      violations.push({ kind: 'unknown-action', found: content });
      continue;
    }
    const held = items.get(type);
    if (held !== undefined) violations.push({ kind: 'repeated-action', found: type });
    const named = held ?? [];
    items.set(type, named);
    const titles = colon < 0 ? [] : content.slice(colon + 1).split(itemSeparator.trim());
    readItems(type, titles, named, context, violations);
  }
  return [...items].map(([type, named]) => {
    if (needsItem(type) && named.length === 0) {
      violations.push({ kind: 'missing-item', found: type });
    }
    return named.length === 0 ? { type } : { type, items: named };
  });
}

function readItems(
  type: ActionType,
  titles: readonly string[],
  named: ItemId[],
  context: ParseContext,
  violations: Violation[],
): void {
  for (const title of titles.map((t) => t.trim()).filter((t) => t !== '')) {
    const item = context.resolve(title);
    if (item === null) {
      violations.push({ kind: 'unknown-item', found: title });
    } else if (named.includes(item)) {
      violations.push({ kind: 'repeated-item', found: title });
    } else {
      if (feedbackTypes.includes(type) && !context.recommended.has(item)) {
        violations.push({ kind: 'not-recommended', found: title });
      }
      named.push(item);
    }
  }
}

/** Spacing, letter case and order as the grammar would have them; titles are judged by `resolve` alone. */
function isCanonical(line: string, actions: readonly Action[], role: Role): boolean {
  const order = actionOrder(role);
  const positions = actions.map((action) => order.indexOf(action.type));
  return (
    actions.length <= maxActions &&
    /^\[[a-z]+(: \S[^[\]\n]*)?\]( \[[a-z]+(: \S[^[\]\n]*)?\])*$/.test(line) &&
    positions.every((position, i) => i === 0 || position > (positions[i - 1] ?? -1))
  );
}

/** An item may be both seen and rejected, but not accepted and rejected. */
function checkContradictions(actions: readonly Action[], violations: Violation[]): void {
  const of = (type: ActionType) => actions.find((action) => action.type === type)?.items ?? [];
  for (const item of of('accept')) {
    if (of('reject').includes(item)) violations.push({ kind: 'contradiction', found: item });
  }
}
