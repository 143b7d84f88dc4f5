/** A place on an axis, in pixels. */
export type Scale = (value: number) => number;

type Range = readonly [from: number, to: number];

/** Values between `low` and `high` over a range of pixels; in the middle when they are one. */
export function linear([low, high]: Range, [from, to]: Range): Scale {
  if (high === low) return () => (from + to) / 2;
  return (value) => from + ((value - low) / (high - low)) * (to - from);
}

/** The same by ratios. `low` must be above 0. */
export function logarithmic([low, high]: Range, range: Range): Scale {
  const scale = linear([Math.log(low), Math.log(high)], range);
  return (value) => scale(Math.log(value));
}

/** Round numbers that cover the range, about as many as asked, from its round floor to its round ceiling. */
export function niceTicks(low: number, high: number, about = 5): number[] {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / Math.max(1, about - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  );
}

/** A tick's number, without the dust of floating point. */
export function tickText(value: number): string {
  return String(Number(value.toPrecision(6)));
}
