import type { Role } from './action';
import type { EngineKind } from './engine';

/** Users that ask no model. */
export const userControls = ['honest', 'always-accept', 'never-accept'] as const;
/** Recommenders that need no model; the modular ones take one as their generator where `modular:MODEL` names it. */
export const recommenderControls = [
  'learned',
  'content',
  'graph',
  'modular',
  'modular-graph',
  'popularity',
  'random',
  'oracle',
] as const;

/**
 * Who takes a seat: a control by its name; `shipped`, the model that ships for the seat; `zero-shot`, the base without
 * fine-tuning; `counterpart`, in both seats at once, the reference-dependent model that writes both sides, or
 * `counterpart:MODEL`; `modular:MODEL` and `modular-graph:MODEL`, with a model as generator. Anything else is a model's id.
 */
export type SeatWish = string;

/** Two seats that are compared with others. */
export interface ExperimentSystem {
  /** Lower case, digits and hyphens: it names its file. */
  id: string;
  title: string;
  user: SeatWish;
  recommender: SeatWish;
  /** Where a seat's model runs, when not where the others do; such a system is for the command. */
  engines?: Partial<Record<Role, EngineKind>>;
}

/** Conditions under which every system is run; what is absent is as usual. */
export interface ExperimentSetting {
  /** As a system's. */
  id: string;
  title: string;
  /** K; `null` offers the whole catalogue. */
  candidates?: number | null;
  temperature?: number;
  maxTurns?: number;
  /** Profiles of this anonymity alone: how many items fit them, at least and at most. */
  anonymity?: readonly [least: number, most: number];
}

/** A question and the table that answers it: systems down, metrics across. */
export interface ExperimentTable {
  id: string;
  title: string;
  question: string;
  /** Ids of systems, in order. */
  systems: readonly string[];
  /** Ids of metrics, in order. */
  metrics: readonly string[];
}

/** Systems x profiles x seeds x settings: every system talks to the same profiles with the same seeds. One JSON file. */
export interface Experiment {
  schemaVersion: 1;
  id: string;
  title: string;
  /** What it asks. */
  about: string;
  domain: string;
  /** Profiles of each system, setting and seed; more than there are is all. */
  dialogues: number;
  seeds: readonly number[];
  systems: readonly ExperimentSystem[];
  settings: readonly ExperimentSetting[];
  tables: readonly ExperimentTable[];
  /** Keep every prompt: without them prompt leaks are unknown. */
  trace: boolean;
  /** Every model is played by the scripted engine: for trying things. */
  scripted?: boolean;
}

/** A seat as it is taken: a name that the commands and the page know, and the model in it. */
export interface TakenSeat {
  /** `model`, `counterpart`, or a control's name. */
  name: string;
  /** Of a model's seat, or of a modular system's generator; `null`: none. */
  model: string | null;
}
