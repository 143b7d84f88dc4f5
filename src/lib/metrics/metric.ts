import type { Dialogue } from '../contracts/dialogue';
import type { Random } from '../domain/random';
import type { Combiner, Paired } from './combine';
import type { MetricContext } from './context';

/** What is printed beside every number, so that nobody compares two variants as one measure. */
export interface MetricInfo {
  id: string;
  name: string;
  /** The formula in words and symbols. */
  formula: string;
  /** Which of the measures of that name this is. */
  variant: string;
  /** Whose definition it is. */
  source: string;
  unit: MetricUnit;
}

export type MetricUnit =
  | 'share'
  | 'difference'
  | 'exchanges'
  | 'items'
  | 'score'
  | 'words'
  | 'bits'
  | 'n-grams a response'
  | 'distance';

export interface LeftOut {
  count: number;
  why: string;
}

/** A number with all that is needed to judge it. */
export interface MetricResult extends MetricInfo {
  /** `null` when it cannot be computed; then `reason` says why. */
  value: number | null;
  reason: string | null;
  /** Dialogues that the number is computed from. */
  n: number;
  /** Where the number is a quotient of counts: these. */
  counts: { hits: number; of: number; unit: string } | null;
  /**
   * 95 %, by percentile bootstrap over dialogues, or by a delete-a-group jackknife over them where the variant
   * says so; `null` when there are too few.
   */
  interval: readonly [low: number, high: number] | null;
  leftOut: readonly LeftOut[];
}

/** What one dialogue gives to a metric, or why it gives nothing. */
export type Observation<Part> =
  { part: Part; leftOut?: readonly LeftOut[] } | { why: string; leftOut?: readonly LeftOut[] };

export interface MetricDefinition<Part> extends MetricInfo {
  /** `ended`: dialogues that came to their own end; `all`: every one that has a turn. */
  population: 'ended' | 'all';
  observe(dialogue: Dialogue, context: MetricContext): Observation<Part>;
  combine: Combiner<Part>;
  counts?(parts: readonly Part[]): { hits: number; of: number; unit: string };
  /** Why there is no number although there are dialogues. */
  undefinedBecause: string;
}

/** One metric, whatever it gathers from a dialogue. */
export interface Metric extends MetricInfo {
  measure(dialogues: readonly Dialogue[], context: MetricContext): Measurement;
  /**
   * Two systems over dialogues that belong together, those left out of which either gives nothing; `null` for
   * a figure of a whole corpus, which no pair adds up to.
   */
  compare(
    pairs: readonly (readonly [a: Dialogue, b: Dialogue])[],
    contexts: readonly [a: MetricContext, b: MetricContext],
  ): PairedMeasurement | null;
  /** The same metric over fewer dialogues; `why` is said of those left out. */
  restricted(
    change: Pick<MetricInfo, 'id' | 'name' | 'variant'>,
    keeps: (dialogue: Dialogue, context: MetricContext) => boolean,
    why: string,
  ): Metric;
}

/** A result before its interval, and the means to compute one. */
export interface Measurement extends Omit<MetricResult, 'interval'> {
  /** The value for dialogues drawn with replacement. */
  redraw(random: Random): number | null;
  /** The interval itself, where it is not found by drawing. */
  interval?: MetricResult['interval'];
}

/** A metric's difference between two systems over the same profiles. */
export interface PairedMeasurement extends Paired {
  /** Pairs that both give a part. */
  n: number;
  /** The number of each dialogue by itself, in pairs; only pairs where both have one. */
  own: readonly (readonly [a: number, b: number])[];
}

/** Makes a metric of its definition. */
export function defineMetric<Part>(definition: MetricDefinition<Part>): Metric {
  const { id, name, formula, variant, source, unit } = definition;
  return {
    ...{ id, name, formula, variant, source, unit },
    measure: (dialogues, context) => measure(definition, dialogues, context),
    compare: (pairs, contexts) => compare(definition, pairs, contexts),
    restricted: (change, keeps, why) =>
      defineMetric({
        ...definition,
        ...change,
        observe: (dialogue, context) =>
          keeps(dialogue, context) ? definition.observe(dialogue, context) : { why },
      }),
  };
}

function measure<Part>(
  definition: MetricDefinition<Part>,
  dialogues: readonly Dialogue[],
  context: MetricContext,
): Measurement {
  const { id, name, formula, variant, source, unit } = definition;
  const parts: Part[] = [];
  const leftOut = new Map<string, number>();
  const leave = (why: string, count: number): void => {
    if (count > 0) leftOut.set(why, (leftOut.get(why) ?? 0) + count);
  };
  for (const dialogue of dialogues) {
    const seen = observe(definition, dialogue, context);
    for (const { why, count } of seen.leftOut ?? []) leave(why, count);
    if ('part' in seen) parts.push(seen.part);
    else leave(seen.why, 1);
  }
  const value = parts.length === 0 ? null : definition.combine.of(parts);
  const why = parts.length === 0 ? 'No dialogue can be counted.' : definition.undefinedBecause;
  return {
    ...{ id, name, formula, variant, source, unit },
    value,
    reason: value === null ? why : null,
    n: parts.length,
    counts: definition.counts?.(parts) ?? null,
    leftOut: [...leftOut].map(([reason, count]) => ({ count, why: reason })),
    redraw: definition.combine.sampler(parts),
  };
}

function observe<Part>(
  definition: MetricDefinition<Part>,
  dialogue: Dialogue,
  context: MetricContext,
): Observation<Part> {
  const outside = notInPopulation(dialogue, definition.population, context);
  return outside === null ? definition.observe(dialogue, context) : { why: outside };
}

function compare<Part>(
  definition: MetricDefinition<Part>,
  pairs: readonly (readonly [Dialogue, Dialogue])[],
  contexts: readonly [MetricContext, MetricContext],
): PairedMeasurement {
  const { combine } = definition;
  const a: Part[] = [];
  const b: Part[] = [];
  for (const [first, second] of pairs) {
    const seenA = observe(definition, first, contexts[0]);
    const seenB = observe(definition, second, contexts[1]);
    if (!('part' in seenA) || !('part' in seenB)) continue;
    a.push(seenA.part);
    b.push(seenB.part);
  }
  const own = a.flatMap((part, i): (readonly [number, number])[] => {
    const [valueA, valueB] = [combine.of([part]), combine.of([b[i] as Part])];
    return valueA === null || valueB === null ? [] : [[valueA, valueB]];
  });
  return { ...combine.paired(a, b), n: a.length, own };
}

/** Why a dialogue is not of the population; `null` when it is. */
export function notInPopulation(
  { domain, outcome, turns }: Dialogue,
  population: 'ended' | 'all',
  { catalogue }: MetricContext,
): string | null {
  if (domain !== catalogue.pack.id) return 'dialogue of another domain than the catalogue';
  if (population === 'all') return turns.length === 0 ? 'dialogue without a turn' : null;
  if (outcome === null) return 'dialogue that has not ended';
  if (outcome.status === 'failed') return 'dialogue that an engine failure ended';
  if (outcome.status === 'stopped') return 'dialogue that was stopped by hand';
  if (outcome.status === 'imported') return 'dialogue that was taken in, whose end is not known';
  return null;
}
