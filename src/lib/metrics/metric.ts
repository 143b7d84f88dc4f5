import type { Dialogue } from '../contracts/dialogue';
import type { Random } from '../domain/random';
import type { Combiner } from './combine';
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
  unit: 'share' | 'difference' | 'exchanges' | 'items' | 'score';
}

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
  /** 95 % percentile bootstrap over dialogues; `null` when there are too few. */
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
}

/** Makes a metric of its definition. */
export function defineMetric<Part>(definition: MetricDefinition<Part>): Metric {
  const { id, name, formula, variant, source, unit } = definition;
  return {
    ...{ id, name, formula, variant, source, unit },
    measure: (dialogues, context) => measure(definition, dialogues, context),
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
    const outside = notInPopulation(dialogue, definition.population, context);
    const seen: Observation<Part> =
      outside === null ? definition.observe(dialogue, context) : { why: outside };
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

function notInPopulation(
  { domain, outcome, turns }: Dialogue,
  population: 'ended' | 'all',
  { catalogue }: MetricContext,
): string | null {
  if (domain !== catalogue.pack.id) return 'dialogue of another domain than the catalogue';
  if (population === 'all') return turns.length === 0 ? 'dialogue without a turn' : null;
  if (outcome === null) return 'dialogue that has not ended';
  if (outcome.status === 'failed') return 'dialogue that an engine failure ended';
  if (outcome.status === 'stopped') return 'dialogue that was stopped by hand';
  return null;
}
