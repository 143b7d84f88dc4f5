import type { Random } from '../domain/random';

/** A number from what any selection of dialogues gives. */
export interface Combiner<Part> {
  /** `null` when it is not defined for these. */
  of(parts: readonly Part[]): number | null;
  /** The number for as many parts drawn with replacement, anew at each call. */
  sampler(parts: readonly Part[]): (random: Random) => number | null;
}

/** Any function of the parts. */
export function combineBy<Part>(of: (parts: readonly Part[]) => number | null): Combiner<Part> {
  return {
    of,
    sampler: (parts) => (random) =>
      of(parts.map(() => parts[Math.floor(random() * parts.length)] as Part)),
  };
}

/**
 * A function of sums over the parts, each a vector of `width` numbers: nothing but the sums is drawn, so a
 * bootstrap over thousands of dialogues takes a fraction of the time.
 */
export function combineSums<Part>(
  width: number,
  vector: (part: Part) => readonly number[],
  of: (sums: Float64Array) => number | null,
): Combiner<Part> {
  const pack = (parts: readonly Part[]): Float64Array => {
    const packed = new Float64Array(parts.length * width);
    parts.forEach((part, i) => packed.set(vector(part), i * width));
    return packed;
  };
  const add = (sums: Float64Array, packed: Float64Array, i: number): void => {
    for (let j = 0; j < width; j++) sums[j] = (sums[j] ?? 0) + (packed[i * width + j] ?? 0);
  };
  return {
    of(parts) {
      const [packed, sums] = [pack(parts), new Float64Array(width)];
      for (let i = 0; i < parts.length; i++) add(sums, packed, i);
      return of(sums);
    },
    sampler(parts) {
      const [packed, sums] = [pack(parts), new Float64Array(width)];
      return (random) => {
        sums.fill(0);
        for (let draw = 0; draw < parts.length; draw++) {
          add(sums, packed, Math.floor(random() * parts.length));
        }
        return of(sums);
      };
    },
  };
}
