import type { Role } from '../../contracts/action';
import type { DialogueConfig, OutcomeStatus, SeatRecord } from '../../contracts/dialogue';
import type { EncoderInfo } from '../embedding/encoder';
import type { JudgeInfo } from '../judge/judge';
import type { MetricResult } from '../metric';
import type { RatingResults } from '../people/results';

/** Why a system may not rank first, whatever its numbers are. */
export interface Disqualification {
  rule: string;
  /** For people: what was found, and the bound. */
  reason: string;
  /** Only in tables of language. */
  language: boolean;
}

/** One system's figures by exchange; index 0 is the first exchange. */
export interface Curves {
  /** Share of dialogues with an accept by the end of the exchange. */
  success: readonly number[];
  /** Share of wanted attributes that the user has said by then. */
  attributes: readonly number[];
  /** First mentions of hidden targets: how many, by whom, in which turn. */
  mentions: readonly { turn: number | null; by: 'history' | Role; count: number }[];
  /** How often one turn's acts follow another's. */
  transitions: readonly { from: string; to: string; count: number }[];
  /** Verified success by how many items fit the profile: `from` up to below `to`, `fitting` on average. */
  anonymity: readonly {
    from: number;
    to: number | null;
    fitting: number;
    value: number | null;
    interval: readonly [low: number, high: number] | null;
    n: number;
  }[];
}

export interface SystemReport {
  name: string;
  dialogues: number;
  profiles: number;
  seeds: readonly number[];
  runIds: readonly string[];
  models: Record<Role, SeatRecord>;
  promptVersion: string;
  config: DialogueConfig;
  referenceDependent: boolean;
  statuses: Readonly<Record<OutcomeStatus | 'running', number>>;
  results: readonly MetricResult[];
  /** The same without the dialogues in which a hidden target leaked; empty where none did. */
  unleaked: readonly MetricResult[];
  disqualified: readonly Disqualification[];
  curves: Curves;
  /** What N or the record does not allow to be said. */
  warnings: readonly string[];
}

/** A difference of two systems over the dialogues that they both held with a profile. */
export interface Comparison {
  metric: string;
  a: string;
  b: string;
  /** a minus b, over the pairs. */
  difference: number | null;
  /** 95 % paired bootstrap. */
  interval: readonly [low: number, high: number] | null;
  /** Two-sided paired permutation test. */
  p: number | null;
  /** Corrected by Holm's method over the comparisons of this metric. */
  pHolm: number | null;
  /** `null` where it is undefined, such as for values without spread. */
  effect: { kind: 'h' | 'd' | 'delta'; value: number; word: string } | null;
  pairs: number;
}

/** A table in which systems are ranked. */
export interface Headline {
  id: string;
  title: string;
  /** Metric by which it is ranked, and the others that it shows. */
  rankedBy: string;
  better: 'higher' | 'lower' | 'nearer to 0';
  metrics: readonly string[];
  rows: readonly {
    system: string;
    /** 1 is best; `null` where the system may not rank or the metric is undefined. */
    rank: number | null;
    /** Why it has no rank. */
    reason: string | null;
  }[];
}

export interface PeopleReport {
  name: string;
  dialogues: number;
  results: readonly MetricResult[];
  /** One half of the people against the other: what a system like them would get. */
  floors: readonly MetricResult[];
}

export interface SingleTurnReport {
  system: string;
  turns: number;
  results: readonly MetricResult[];
  disqualified: readonly Disqualification[];
}

/** Everything that a report shows; plain data. */
export interface Evaluation {
  schemaVersion: 1;
  catalogue: { id: string; items: number; language: string };
  theta: number;
  seed: number;
  resamples: number;
  permutations: number;
  /** Turns of each role on which diversity was computed. */
  equalTurns: Readonly<Record<Role, number>> | null;
  encoder: EncoderInfo | null;
  systems: readonly SystemReport[];
  people: PeopleReport | null;
  singleTurns: readonly SingleTurnReport[];
  headlines: readonly Headline[];
  comparisons: readonly Comparison[];
  /** What people said in the rating room; absent without their answers. */
  ratings?: RatingResults;
  /** Who judged without references; absent where nobody was asked to. */
  judge?: JudgeInfo;
  warnings: readonly string[];
}
