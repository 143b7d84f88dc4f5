import { bootstrapInterval } from './bootstrap';
import { combineBy, type Combiner } from './combine';
import { ratio } from './parts';

/** One judgement of one item, apart from any dialogue. */
export interface Decision {
  /** What belongs together when dialogues are drawn anew: a profile, a dialogue. */
  group: string;
  /** Whether accepting would be right: the item fits, or a person took it. */
  positive: boolean;
  /** The judge's leaning towards accepting; only its order counts. */
  score: number;
  /** What the judge does. */
  accepts: boolean;
}

export interface Estimate {
  value: number | null;
  interval: readonly [low: number, high: number] | null;
  /** Groups, and decisions on each side. */
  n: { groups: number; positive: number; negative: number };
}

/** P(accept | positive) - P(accept | negative); `null` when a side is empty. Always accepting scores 0. */
export function decisionDifference(
  decisions: readonly Pick<Decision, 'positive' | 'accepts'>[],
): number | null {
  const share = (positive: boolean) => {
    const side = decisions.filter((decision) => decision.positive === positive);
    return ratio(side.filter(({ accepts }) => accepts).length, side.length);
  };
  const [fitting, other] = [share(true), share(false)];
  return fitting === null || other === null ? null : fitting - other;
}

/** A statistic of decisions with its 95 % interval, groups drawn anew. */
export function estimate(
  decisions: readonly Decision[],
  statistic: (decisions: readonly Decision[]) => number | null,
  seed: number,
  name: string,
): Estimate {
  const groups = new Map<string, Decision[]>();
  for (const decision of decisions) {
    const held = groups.get(decision.group);
    if (held === undefined) groups.set(decision.group, [decision]);
    else held.push(decision);
  }
  const combine: Combiner<Decision[]> = combineBy((parts) => statistic(parts.flat()));
  const parts = [...groups.values()];
  const positive = decisions.filter((decision) => decision.positive).length;
  return {
    value: statistic(decisions),
    interval: parts.length < 2 ? null : bootstrapInterval(combine.sampler(parts), seed, name),
    n: { groups: parts.length, positive, negative: decisions.length - positive },
  };
}
