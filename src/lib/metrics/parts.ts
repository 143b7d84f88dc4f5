import { quantile } from './bootstrap';
import { combineBy, combineSums } from './combine';
import type { LeftOut } from './metric';

/** What a dialogue adds to a quotient of counts. */
export interface Quotient {
  hits: number;
  of: number;
}

/** x / n; `null` for n = 0. */
export function ratio(x: number, n: number): number | null {
  return n === 0 ? null : x / n;
}

/** Sum of hits / sum of counts; `null` when nothing is counted. */
export const pooled = combineSums<Quotient>(
  2,
  ({ hits, of }) => [hits, of],
  ([hits = 0, of = 0]) => ratio(hits, of),
);

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
export const mean = combineSums<number>(
  2,
  (value) => [value, 1],
  ([sum = 0, n = 0]) => ratio(sum, n),
);

/** Mean over dialogues of each one's quotient. */
export const meanQuotient = combineSums<Quotient>(
  2,
  ({ hits, of }) => [hits / of, 1],
  ([sum = 0, n = 0]) => ratio(sum, n),
);

/** The median over dialogues. */
export const median = combineBy<number>((values) => quantile(values, 0.5));

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
