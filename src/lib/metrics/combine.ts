import type { Random } from '../domain/random';

/** A number from what any selection of dialogues gives. */
export interface Combiner<Part> {
  /** `null` when it is not defined for these. */
  of(parts: readonly Part[]): number | null;
  /** The number for as many parts drawn with replacement, anew at each call. */
  sampler(parts: readonly Part[]): (random: Random) => number | null;
  /** Two lists of parts of which those at one place belong together. */
  paired(a: readonly Part[], b: readonly Part[]): Paired;
}

/** The difference of a number between two lists of parts in pairs. */
export interface Paired {
  /** a minus b after exchanging the pairs for which `swaps(i)` holds; `null` where it is undefined. */
  difference(swaps: (i: number) => boolean): number | null;
  /** a minus b for as many pairs drawn with replacement. */
  redraw(random: Random): number | null;
}

/** Any function of the parts. */
export function combineBy<Part>(of: (parts: readonly Part[]) => number | null): Combiner<Part> {
  return {
    of,
    sampler: (parts) => (random) =>
      of(parts.map(() => parts[Math.floor(random() * parts.length)] as Part)),
    paired: (a, b) => ({
      difference: (swaps) =>
        minus(
          of(a.map((part, i) => (swaps(i) ? (b[i] as Part) : part))),
          of(b.map((part, i) => (swaps(i) ? (a[i] as Part) : part))),
        ),
      redraw(random) {
        const drawn = a.map(() => Math.floor(random() * a.length));
        return minus(of(drawn.map((i) => a[i] as Part)), of(drawn.map((i) => b[i] as Part)));
      },
    }),
  };
}

function minus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
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
    paired(a, b) {
      const [packedA, packedB] = [pack(a), pack(b)];
      const [sumsA, sumsB] = [new Float64Array(width), new Float64Array(width)];
      return {
        difference(swaps) {
          sumsA.fill(0);
          sumsB.fill(0);
          for (let i = 0; i < a.length; i++) {
            const isSwapped = swaps(i);
            add(sumsA, isSwapped ? packedB : packedA, i);
            add(sumsB, isSwapped ? packedA : packedB, i);
          }
          return minus(of(sumsA), of(sumsB));
        },
        redraw(random) {
          sumsA.fill(0);
          sumsB.fill(0);
          for (let draw = 0; draw < a.length; draw++) {
            const i = Math.floor(random() * a.length);
            add(sumsA, packedA, i);
            add(sumsB, packedB, i);
          }
          return minus(of(sumsA), of(sumsB));
        },
      };
    },
  };
}
