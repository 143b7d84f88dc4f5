import { LabError } from '../contracts';
import type { ItemId } from '../contracts';

/** How often two items were named in the same training dialogue. */
export interface Statistics {
  domain: string;
  /** Dialogues counted. */
  dialogues: number;
  /** The items named together with this one, with their counts. */
  together(item: ItemId): ReadonlyMap<ItemId, number>;
}

/** The file: every pair once, `[item, ...(other, count)*]` flat, to keep it small. */
export interface StatisticsFile {
  schemaVersion: 1;
  domain: string;
  dialogues: number;
  attribution: string;
  pairs: Readonly<Record<ItemId, readonly (ItemId | number)[]>>;
}

const none: ReadonlyMap<ItemId, number> = new Map();

function fail(problem: string): never {
  throw new LabError(
    'catalogue-invalid',
    `The co-mention statistics cannot be used: ${problem}. Make the file again with make-catalogue.`,
  );
}

/**
 * Co-mention counts from parsed JSON; `null` gives the empty statistics, for a domain that has none.
 * Errors: `catalogue-invalid`.
 */
export function parseStatistics(json: unknown): Statistics {
  if (json === null) return { domain: '', dialogues: 0, together: () => none };
  if (typeof json !== 'object') fail('it is no object');
  const file = json as Partial<Record<keyof StatisticsFile, unknown>>;
  if (file.schemaVersion !== 1) fail('schemaVersion must be 1');
  if (typeof file.domain !== 'string') fail('domain must be a text');
  if (typeof file.dialogues !== 'number') fail('dialogues must be a number');
  if (typeof file.pairs !== 'object' || file.pairs === null) fail('pairs must be an object');
  const counts = new Map<ItemId, Map<ItemId, number>>();
  const note = (a: ItemId, b: ItemId, count: number) => {
    const of = counts.get(a) ?? new Map<ItemId, number>();
    of.set(b, count);
    counts.set(a, of);
  };
  for (const [item, list] of Object.entries(file.pairs)) {
    if (!Array.isArray(list) || list.length % 2 !== 0) fail(`pairs of "${item}" are malformed`);
    for (let i = 0; i < list.length; i += 2) {
      const other: unknown = list[i];
      const count: unknown = list[i + 1];
      if (typeof other !== 'string' || typeof count !== 'number' || !(count > 0)) {
        fail(`pairs of "${item}" are malformed`);
      }
      note(item, other, count);
      note(other, item, count);
    }
  }
  return {
    domain: file.domain,
    dialogues: file.dialogues,
    together: (item) => counts.get(item) ?? none,
  };
}
