import type { LabelledAction } from '../contracts/view';
import { itemSeparator } from './rules';

/** The action line as every role writes it: `[reject: It (2017)] [inform]`. */
export function formatActions(actions: readonly LabelledAction[]): string {
  return actions
    .map(({ type, items }) =>
      items === undefined || items.length === 0
        ? `[${type}]`
        : `[${type}: ${items.join(itemSeparator)}]`,
    )
    .join(' ');
}

/** A whole turn as a model puts it out: the action line, then what is said. */
export function formatTurn(actions: readonly LabelledAction[], text: string): string {
  return actions.length === 0 ? text : `${formatActions(actions)}\n${text}`;
}
