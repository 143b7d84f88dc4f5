import type { MetricResult } from '../metric';
import type { Disqualification, Headline } from './types';

/** What a headline table shows, before there are systems. */
export interface HeadlinePlan extends Omit<Headline, 'rows'> {
  /** Whether rules of language bar a rank here too. */
  language: boolean;
}

/** The tables of simulated dialogues, in the order of a report. */
export const headlinePlans: readonly HeadlinePlan[] = [
  {
    id: 'outcome',
    title: 'Outcome',
    rankedBy: 'verified-success-sound',
    better: 'higher',
    language: false,
    metrics: [
      'raw-success',
      'verified-success',
      'verified-success-unleaked',
      'false-accept-rate',
      'discrimination',
      'exchanges-median',
    ],
  },
  {
    id: 'recommendation',
    title: 'Recommendation',
    rankedBy: 'recall@10-any-new',
    better: 'higher',
    language: false,
    metrics: [
      'recall@1-first-macro',
      'recall@10-any-macro',
      'mrr-first',
      'match-score',
      'match-score-chance',
      'match-attributes',
      'catalogue-coverage',
    ],
  },
  {
    id: 'leakage',
    title: 'Leakage',
    rankedBy: 'reply-leak',
    better: 'lower',
    language: false,
    metrics: ['prompt-leak', 'history-leak'],
  },
  {
    id: 'soundness',
    title: 'Soundness',
    rankedBy: 'degenerate-any',
    better: 'lower',
    language: true,
    metrics: [
      'violation-any-turns',
      'act-text-any-user',
      'act-text-any-recommender',
      'recommended-repeated',
      'recommended-invented',
    ],
  },
  ...(['user', 'recommender'] as const).map((role): HeadlinePlan => ({
    id: `language-${role}`,
    title: `Language of the ${role}`,
    rankedBy: `dist-4-ead-${role}`,
    better: 'higher',
    language: true,
    metrics: [
      `dist-4-ratio-${role}`,
      `dist-4-unicrs-${role}`,
      `dist-4-crslab-${role}`,
      `self-bleu-${role}`,
      `words-mean-${role}`,
      `unique-turns-${role}`,
      `copied-turns-${role}`,
    ],
  })),
  {
    id: 'people',
    title: 'Distance to people',
    rankedBy: 'people-act-bigrams',
    better: 'lower',
    language: true,
    metrics: [
      'people-length-user',
      'people-length-recommender',
      'people-dist-4-user',
      'people-dist-4-recommender',
      'people-exchanges',
      'people-success',
      'people-reject',
    ],
  },
];

/** The tables of single turns. */
export const singleTurnPlans: readonly HeadlinePlan[] = [
  {
    id: 'single-turn-text',
    title: 'Single turns: words',
    rankedBy: 'turn-bertscore-f1',
    better: 'higher',
    language: true,
    metrics: [
      'turn-bertscore-precision',
      'turn-bertscore-recall',
      'turn-bertscore-f1-idf',
      'turn-bertscore-f1-rescaled',
      'turn-bleu-4',
      'turn-unique',
    ],
  },
  {
    id: 'single-turn-acts',
    title: 'Single turns: acts',
    rankedBy: 'turn-acts-f1',
    better: 'higher',
    language: true,
    metrics: ['turn-acts-exact', 'turn-acts-jaccard', 'turn-acts-kappa'],
  },
  {
    id: 'single-turn-recall',
    title: 'Single turns: recommendation',
    rankedBy: 'turn-recall@10-new',
    better: 'higher',
    language: true,
    metrics: [
      'turn-recall@1',
      'turn-recall@10',
      'turn-recall@50',
      'turn-recall@50-new',
      'turn-mrr',
    ],
  },
];

interface Entrant {
  name: string;
  results: readonly MetricResult[];
  disqualified: readonly Disqualification[];
}

/**
 * The tables with every system's rank; equal values share one. A table by which no system has a number is left
 * out.
 */
export function headlinesOf(
  plans: readonly HeadlinePlan[],
  entrants: readonly Entrant[],
): Headline[] {
  return plans
    .map((plan) => headlineOf(plan, entrants))
    .filter((table) =>
      entrants.some(({ results }) =>
        results.some(({ id, value }) => id === table.rankedBy && value !== null),
      ),
    );
}

function headlineOf({ language, ...plan }: HeadlinePlan, entrants: readonly Entrant[]): Headline {
  const standing = entrants.map(({ name, results, disqualified }) => {
    const result = results.find(({ id }) => id === plan.rankedBy);
    const barred = disqualified.filter((one) => language || !one.language);
    const reason =
      barred.length > 0
        ? barred.map((one) => one.reason).join('; ')
        : result === undefined || result.value === null
          ? (result?.reason ?? 'it was not measured')
          : null;
    return { name, reason, merit: meritOf(result?.value ?? null, plan.better) };
  });
  const ranked = standing.filter(({ reason }) => reason === null);
  return {
    ...plan,
    rows: standing.map(({ name, reason, merit }) => ({
      system: name,
      rank: reason === null ? 1 + ranked.filter((other) => other.merit > merit).length : null,
      reason,
    })),
  };
}

function meritOf(value: number | null, better: Headline['better']): number {
  if (value === null) return -Infinity;
  if (better === 'higher') return value;
  return better === 'lower' ? -value : -Math.abs(value);
}
