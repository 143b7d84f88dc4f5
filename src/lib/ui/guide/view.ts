import type { Role } from '../../contracts/action';
import type { SeatLineView } from '../view';

/** A piece of text; `leak`: a hidden target where it must not be, `target`: one after it was rightly named. */
export interface MarkedPart {
  text: string;
  mark?: 'leak' | 'target';
}

/** A message of a prompt, as one side reads it. */
export interface SeenMessage {
  kind: 'system' | 'own' | 'heard';
  parts: readonly MarkedPart[];
  /** It was not there before the last turn. */
  isNew: boolean;
}

/** All that one side knows before the next turn; `both`: one model that writes both sides. */
export interface SightView {
  role: Role | 'both';
  /** `exact`: as recorded; `made`: by the same code from the same record, where none was kept or no model sat. */
  kind: 'exact' | 'made';
  messages: readonly SeenMessage[];
}

/** One place of the step-through: what was said last, and what each side knows now. */
export interface StepView {
  /** How many turns have been spoken. */
  turns: number;
  /** Who speaks next; `null` at the end. */
  next: Role | null;
  sights: readonly SightView[];
}

export interface GuideTurn {
  role: Role;
  parts: readonly MarkedPart[];
  /** Its action line, as it was put out. */
  actions: string;
}

/** Where a hidden target came up first. */
export interface TargetLine {
  item: string;
  by: 'history' | 'prompt' | Role | 'nobody';
  /** From 1; `null` for the history, or for nobody. */
  turn: number | null;
  isLeak: boolean;
}

/** A dialogue as the guide shows it. */
export interface GuideView {
  referenceDependent: boolean;
  seats: readonly SeatLineView[];
  summary: string;
  targets: readonly TargetLine[];
  turns: readonly GuideTurn[];
  /** One more than there are turns. */
  steps: readonly StepView[];
}
