import type { Action, ActionType, Role } from '../../contracts/action';
import type { Turn } from '../../contracts/dialogue';
import type { MetricContext } from '../context';
import { defineMetric, type Metric } from '../metric';
import { countsOf, pooled, type Quotient } from '../parts';

type Check = (turn: Turn, action: Action) => boolean;

const speaks =
  (pattern: RegExp, unless?: RegExp): Check =>
  ({ text }) =>
    pattern.test(text) && unless?.test(text) !== true;

const refusal =
  /\b(?:no|nope|nah|not|never|rather|instead|else|other|another|different|pass|skip|hate|dislike|avoid|too)\b|n['’]t\b/iu;
const outrightRefusal =
  /\b(?:no,? thanks?|no thank you|not (?:for me|my|really|interested)|something else|pass on)\b|\b(?:do|would|did)n['’]t (?:like|want|enjoy)/iu;

/** In English, by what the words do; acts whose words can be anything have no check. */
const checks: Partial<Record<ActionType, Check>> = {
  recommend: ({ mentions }, { items = [] }) =>
    items.every((item) => mentions.some((mention) => mention.item === item)),
  ask: speaks(
    /\?|^\W*(?:what|which|who|how|why|when|where|do|does|did|is|are|can|could|would|have|any|tell me)\b/iu,
  ),
  accept: speaks(
    /\b(?:yes|yeah|yep|sure|ok|okay|great|good|perfect|love|nice|sounds?|looks?|will|['’]?ll|take|try|watch|check|exactly|thanks?|interested|right|awesome|excellent)\b|['’]ll\b/iu,
    outrightRefusal,
  ),
  reject: speaks(refusal),
  seen: speaks(
    /\b(?:seen|saw|watched|watch(?:ed)? (?:it|that)|know|knew|already|before|played|read|heard)\b/iu,
  ),
  bye: speaks(
    /\b(?:good ?bye|bye|thanks?|thank you|farewell|see you|take care|have (?:a|fun)|enjoy|cheers|cya)\b/iu,
  ),
};

const checkable: Record<Role, readonly ActionType[]> = {
  user: ['ask', 'accept', 'reject', 'seen', 'bye'],
  recommender: ['ask', 'recommend', 'bye'],
};

/** Whether a turn's words do what one of its acts says; `null` where words cannot tell. */
export function doesWhatItSays(turn: Turn, action: Action): boolean | null {
  return checks[action.type]?.(turn, action) ?? null;
}

function agreement(role: Role, type: ActionType | 'any'): Metric {
  const types = type === 'any' ? checkable[role] : [type];
  return defineMetric<Quotient>({
    id: `act-text-${type}-${role}`,
    name:
      type === 'any' ? `Act-text agreement, ${role}` : `Act-text agreement of "${type}", ${role}`,
    formula: 'acts whose words do what the act says / acts that can be checked',
    variant: `acts pooled: ${types.join(', ')}; recommended items must be named, the rest by English words, a heuristic`,
    source: 'our definition',
    unit: 'share',
    population: 'all',
    observe: ({ turns }, context) => {
      if (!isEnglish(context)) return { why: 'dialogue in a language whose words are not known' };
      const part: Quotient = { hits: 0, of: 0 };
      let unchecked = 0;
      for (const turn of turns) {
        if (turn.role !== role) continue;
        for (const action of turn.actions) {
          const does = types.includes(action.type) ? doesWhatItSays(turn, action) : null;
          if (does === null) unchecked += type === 'any' ? 1 : 0;
          else {
            part.of += 1;
            if (does) part.hits += 1;
          }
        }
      }
      return {
        part,
        leftOut:
          unchecked === 0 ? [] : [{ count: unchecked, why: 'act whose words can be anything' }],
      };
    },
    combine: pooled,
    counts: countsOf('acts'),
    undefinedBecause: `The ${role} has no act that can be checked.`,
  });
}

function isEnglish({ catalogue }: MetricContext): boolean {
  return /^en\b/i.test(catalogue.pack.language);
}

export const actAgreementMetrics: readonly Metric[] = (['user', 'recommender'] as const).flatMap(
  (role) => [agreement(role, 'any'), ...checkable[role].map((type) => agreement(role, type))],
);
