import type { ItemId } from '../contracts';
import type { StatisticsFile } from './statistics';

/**
 * Counts how often two items are named in one dialogue; `leastCount` drops pairs seen less often.
 */
export function buildStatistics(
  domain: string,
  attribution: string,
  dialogues: readonly ReadonlySet<ItemId>[],
  leastCount = 1,
): StatisticsFile {
  const counts = new Map<ItemId, Map<ItemId, number>>();
  for (const named of dialogues) {
    const ids = [...named].sort();
    ids.forEach((a, i) => {
      const row = counts.get(a) ?? new Map<ItemId, number>();
      for (const b of ids.slice(i + 1)) row.set(b, (row.get(b) ?? 0) + 1);
      counts.set(a, row);
    });
  }
  const pairs: Record<ItemId, (ItemId | number)[]> = {};
  for (const item of [...counts.keys()].sort()) {
    const kept = [...(counts.get(item) ?? [])]
      .filter(([, count]) => count >= leastCount)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    if (kept.length > 0) pairs[item] = kept.flat();
  }
  return { schemaVersion: 1, domain, dialogues: dialogues.length, attribution, pairs };
}
