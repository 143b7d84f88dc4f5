import type { LeftOut } from './metric';

/** What a dialogue adds to a quotient of counts. */
export interface Quotient {
  hits: number;
  of: number;
}

/** Sum of hits / sum of counts; `null` when nothing is counted. */
export function pooled(parts: readonly Quotient[]): number | null {
  const { hits, of } = total(parts);
  return of === 0 ? null : hits / of;
}

/** The pooled counts with the word for what is counted. */
export function countsOf(
  unit: string,
): (parts: readonly Quotient[]) => Quotient & { unit: string } {
  return (parts) => ({ ...total(parts), unit });
}

/** A yes or no of one dialogue as a quotient. */
export function yes(holds: boolean): { part: Quotient } {
  return { part: { hits: holds ? 1 : 0, of: 1 } };
}

/** Mean of one number a dialogue. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Counts of what was left out, those of zero dropped. */
export function left(counts: Readonly<Record<string, number>>): LeftOut[] {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => ({ count, why }));
}

function total(parts: readonly Quotient[]): Quotient {
  let hits = 0;
  let of = 0;
  for (const part of parts) {
    hits += part.hits;
    of += part.of;
  }
  return { hits, of };
}
