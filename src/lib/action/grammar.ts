import type { ActionType, Role } from '../contracts/action';
import { actionOrder, itemSeparator, maxActions, needsItem, takesItem } from './rules';

/** Whether `bye` is on offer: `after-accept` means in a turn that accepts something first. */
export type Leaves = 'always' | 'after-accept' | 'never';

/** What the action line of the next turn can name, labels per action type. */
export interface ActionScope {
  role: Role;
  /** Labels that each action type may name; a type that needs an item and has none is not on offer. */
  items: Partial<Record<ActionType, readonly string[]>>;
  /** Most items in one action. */
  slate: number;
  /** Default: always. */
  leaves?: Leaves;
  /** Types one of which the line has to begin with; default: any on offer. */
  opens?: readonly ActionType[];
}

/** A GBNF string literal. */
function literal(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`;
}

/** One to `most` items, each once named by rule: `item (" | " item (" | " item)?)?`. */
function itemList(rule: string, most: number): string {
  const more = literal(itemSeparator);
  let list = rule;
  for (let i = 1; i < most; i++) list = `${rule} (${more} ${list})?`;
  return list;
}

/**
 * The grammar of a turn, in the GBNF subset that llama.cpp and xgrammar read alike: one line of one to
 * three actions, in the order of `actionOrder` and no type twice, then one line of text without brackets.
 * Rules `after-n-i` stand for "n actions may follow, of type i or later", so the size is linear in the labels; `staying-n-i`
 * for the same without leaving.
 */
export function actionGrammar(scope: ActionScope): string {
  const offered = actionOrder(scope.role).filter(
    (type) =>
      (!needsItem(type) || (scope.items[type]?.length ?? 0) > 0) &&
      (type !== 'bye' || scope.leaves !== 'never'),
  );
  const staying = scope.leaves === 'after-accept' ? 'staying' : 'after';
  const rules: string[] = [];
  const listRules = new Map<readonly string[], string>();

  const actionRule = (type: ActionType): string => {
    const labels = takesItem(type) ? (scope.items[type] ?? []) : [];
    if (labels.length === 0) return literal(`[${type}]`);
    let rule = listRules.get(labels);
    if (rule === undefined) {
      rule = `item-${String(listRules.size)}`;
      listRules.set(labels, rule);
      rules.push(`${rule} ::= ${labels.map(literal).join(' | ')}`);
    }
    const most = Math.min(type === 'recommend' ? scope.slate : maxActions, labels.length);
    const named = `${literal(`[${type}: `)} ${itemList(rule, most)} ${literal(']')}`;
    return needsItem(type) ? named : `(${literal(`[${type}]`)} | ${named})`;
  };

  offered.forEach((type) => rules.push(`${type} ::= ${actionRule(type)}`));
  // What may come without an accept stays; after one, all of it may.
  const first = staying === 'after' ? offered : offered.filter((type) => type !== 'bye');
  const chains: readonly (readonly [name: string, types: readonly ActionType[]])[] = [
    ['after', offered],
    ...(staying === 'after' ? [] : [[staying, first] as const]),
  ];
  const withNext = (name: string, types: readonly ActionType[], left: number, i: number) => {
    const type = types[i] ?? '';
    const then = type === 'accept' ? 'after' : name;
    const rest = i + 1 < (then === 'after' ? offered : types).length;
    return type + (rest && left > 1 ? ` (" " ${then}-${String(left - 1)}-${String(i + 1)})?` : '');
  };
  for (const [name, types] of chains) {
    for (let left = maxActions; left >= 1; left--) {
      types.forEach((_, i) => {
        const other = i + 1 < types.length ? ` | ${name}-${String(left)}-${String(i + 1)}` : '';
        rules.push(
          `${name}-${String(left)}-${String(i)} ::= ${withNext(name, types, left, i)}${other}`,
        );
      });
    }
  }
  const opening = scope.opens
    ?.filter((type) => first.includes(type))
    .map((type) => withNext(staying, first, maxActions, first.indexOf(type)))
    .join(' | ');
  const line = opening === undefined ? `${staying}-${String(maxActions)}-0` : `(${opening})`;
  rules.unshift(`root ::= ${line} "\\n" text`);
  // Brackets as hex: the two engines' readers escape them differently.
  rules.push('text ::= [^ \\n\\r\\t\\x5B\\x5D] [^\\n\\r\\t\\x5B\\x5D]*');
  return dropUnused(rules).join('\n') + '\n';
}

/** llama.cpp refuses nothing here, but a rule that no other names costs compile time in both engines. */
function dropUnused(rules: readonly string[]): readonly string[] {
  const byName = new Map(rules.map((rule) => [rule.slice(0, rule.indexOf(' ')), rule]));
  const used = new Set<string>();
  const visit = (name: string) => {
    if (used.has(name)) return;
    used.add(name);
    const body = (byName.get(name) ?? '').slice(name.length).replace(/"(?:\\.|[^"\\])*"/g, '');
    for (const found of body.matchAll(/[a-z][a-z0-9-]*/g)) {
      if (byName.has(found[0])) visit(found[0]);
    }
  };
  visit('root');
  return rules.filter((rule) => used.has(rule.slice(0, rule.indexOf(' '))));
}
