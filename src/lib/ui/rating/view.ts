import type { RatingMode, RatingQuestion, RatingValue } from '../../contracts/rating';
import type { ReportSection } from '../../report';

/** A sheet of a session that is kept here. */
export interface SheetView {
  id: string;
  rater: string;
  answered: number;
  asked: number;
  /** Answered in this browser; else taken in from a file. */
  own: boolean;
}

/** A session that is kept here. */
export interface SessionView {
  id: string;
  title: string;
  mode: RatingMode;
  /** Things to rate, those shown twice counted twice. */
  items: number;
  minutes: number | null;
  createdAt: number;
  sheets: readonly SheetView[];
}

/** A source of dialogues to rate: a run or dataset. */
export interface SourceChoice {
  id: string;
  label: string;
}

/** A session as it is asked for. */
export interface SessionWish {
  title: string;
  mode: RatingMode;
  /** Most dialogues, or pairs. */
  count: number;
  repeats: number;
  /** `null`: no limit. */
  minutes: number | null;
  seed: number;
  /** A run's or dataset's id; `all`, or `file`. */
  source: string;
}

/** What taking in raters' files came to. */
export interface TakenView {
  raters: readonly string[];
  /** Answers that were new. */
  added: number;
  repeated: number;
  changed: number;
  conflicts: number;
  /** Files and lines that were left out, and why. */
  problems: readonly string[];
}

/** One transcript on show. */
export interface TranscriptView {
  label: 'a' | 'b' | null;
  turns: readonly { role: 'user' | 'recommender'; text: string }[];
}

/** What is asked about the item on show, with the answers so far. */
export interface QuestionView {
  question: RatingQuestion;
  value: RatingValue | null;
}

/** One big number to project. */
export interface BoardBar {
  label: string;
  /** From 0 to 1 of the bar's length. */
  share: number;
  low: number | null;
  high: number | null;
  text: string;
  /** Dialogues, or pairs of them. */
  n: number;
}

export interface BoardView {
  title: string;
  raters: number;
  answers: number;
  /** One group a question. */
  groups: readonly {
    question: RatingQuestion;
    bars: readonly BoardBar[];
    /** Krippendorff's alpha; `null`: unknown. */
    agreement: number | null;
    /** Who is ahead of whom beyond chance. */
    ahead: readonly string[];
    /** False where no two systems can be compared. */
    compared: boolean;
  }[];
  /** Hints that must be on show beside numbers. */
  warnings: readonly string[];
}

export interface ResultsView {
  section: ReportSection;
  board: BoardView;
}
