import type { Dialogue } from '../contracts/dialogue';
import type { MetricContext } from './context';

/** What several metrics find out about a dialogue, found once for each context. */
export function oncePerDialogue<T>(
  find: (dialogue: Dialogue, context: MetricContext) => T,
): (dialogue: Dialogue, context: MetricContext) => T {
  const kept = new WeakMap<MetricContext, WeakMap<Dialogue, { value: T }>>();
  return (dialogue, context) => {
    const found = kept.get(context) ?? new WeakMap<Dialogue, { value: T }>();
    kept.set(context, found);
    const known = found.get(dialogue);
    if (known !== undefined) return known.value;
    const value = find(dialogue, context);
    found.set(dialogue, { value });
    return value;
  };
}
