import type { DialogueStatusView } from './status';
import type { TurnView } from '../view';

/** A dialogue as the list shows it. */
export interface DialogueRowView {
  id: string;
  summary: string;
  startedAt: number;
  status: DialogueStatusView;
  turns: number;
  violations: number;
  tags: readonly string[];
  isFork: boolean;
  isResumed: boolean;
  /** Index of the turn that says what was searched. */
  hit: number | null;
}

export interface FilterView {
  kind: string;
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
}

/** A relative of a dialogue: what it was forked from, or a fork of it. */
export interface RelativeView {
  id: string;
  /** Where the fork's own turns begin. */
  turn: number;
  startedAt: number;
  status: DialogueStatusView;
}

export interface ComparedView {
  title: string;
  settings: readonly string[];
  turns: readonly TurnView[];
}
