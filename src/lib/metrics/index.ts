export {
  actDivergence,
  actPairs,
  singleActs,
  type ActSequence,
  type Divergence,
  type TurnActs,
} from './acts/divergence';
export { bootstrapInterval, defaultResamples, quantile } from './bootstrap';
export { createContext, type EqualTurns, type MetricContext } from './context';
export { contradictionsOf, type Contradiction } from './contradictions';
export { decisionDifference, estimate, type Decision, type Estimate } from './decisions';
export { gates, type Gate } from './gates';
export { stretchesOf, targetsAt } from './in-force';
export { judgementsOf, type Judgement } from './judgements';
export type { Leaks, Mentioned, PromptLeak } from './ledger';
export {
  defineMetric,
  type LeftOut,
  type Metric,
  type MetricInfo,
  type MetricResult,
  type MetricUnit,
} from './metric';
export { metrics } from './registry';
export { allMetrics, metricById, talkMetrics } from './registry-all';
export { correlate, kendallTauB, spearman, type Correlation } from './statistics/correlation';
export { resultOf, summarise, type OutcomeReport, type SummaryOptions } from './summary';
export { namesItem } from './title-in-text';
export {
  evaluate,
  type EvaluationInput,
  type EvaluationOptions,
  type EvaluationProgress,
} from './evaluation/evaluate';
export { valuesByDialogue, type DialogueValue } from './evaluation/by-dialogue';
export { systemNames, withNames, type SystemNames } from './evaluation/rename';
export { systemsOf, type System } from './evaluation/systems';
export type {
  Comparison,
  Curves,
  Disqualification,
  Evaluation,
  Headline,
  PeopleReport,
  SingleTurnReport,
  SystemReport,
} from './evaluation/types';
export { metricsApi } from './bridge/expose';
export type { EvaluationOutcome, EvaluationRequest, MetricsWorkerApi } from './bridge/protocol';
export { bertSignature, type EncoderInfo, type TextEncoder } from './embedding/encoder';
export { answerSingleTurns, type AnswerDeps } from './single-turn/answer';
export type { SaidTurn, SingleTurn } from './single-turn/row';
export { domainOf, readRunFile } from './inputs/runs';
export { readPeopleFile, type People } from './inputs/people';
export { readSingleTurnFile } from './inputs/single-turns';
export type { Breathe, LineFile, SourceFile } from './inputs/source';
export { defaultPermutations } from './statistics/permutation';
export { controlResults, judgeControls, spoilt, type ControlResult } from './judge/controls';
export { judgeAspects, type JudgeAspect } from './judge/instructions';
export {
  judgeDialogues,
  type Judged,
  type JudgedDialogue,
  type JudgeInfo,
  type JudgeOptions,
} from './judge/judge';
export { judgeMetrics } from './judge/metrics';
export type { QuestionAgreement } from './people/agreement';
export type { RatedCorrelation } from './people/correlation';
export { mergeRatings, unionSheets, type MergedRatings, type RatingsOfFile } from './people/merge';
export { orderFor } from './people/order';
export {
  blindedId,
  planSession,
  repeatsOf,
  type PlannedSession,
  type PlanRequest,
} from './people/plan';
export { ratingResults, type RatingResults } from './people/results';
export type { SystemPreference, SystemRating } from './people/systems';
