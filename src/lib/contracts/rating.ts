import type { Role } from './action';

/** What raters are asked of a dialogue. */
export const ratingQuestions = ['control', 'flow', 'naturalness'] as const;
export type RatingQuestion = (typeof ratingQuestions)[number];

/** `single`: one dialogue, 1 to 5; `pairs`: two dialogues side by side, A, B or a tie. */
export const ratingModes = ['single', 'pairs'] as const;
export type RatingMode = (typeof ratingModes)[number];

export const scores = [1, 2, 3, 4, 5] as const;
export type Score = (typeof scores)[number];
/** `a`: the left one is better. */
export const preferences = ['a', 'tie', 'b'] as const;
export type Preference = (typeof preferences)[number];
export type RatingValue = Score | Preference;

/** A dialogue as raters see it: what was said and by which side, under an id that tells nothing. */
export interface Transcript {
  id: string;
  turns: readonly { role: Role; text: string }[];
}

/** One thing to rate, by ids of transcripts. An item with the transcripts of an earlier one is its hidden repeat. */
export interface RatingItem {
  id: string;
  /** The only one, or the left one. */
  a: string;
  /** The right one; `null` for a single dialogue. */
  b: string | null;
}

/** What a session asks, without the transcripts. */
export interface RatingPlan {
  schemaVersion: 1;
  /** Hash of all else but title and time: equal sessions have equal ids wherever they were made. */
  id: string;
  title: string;
  mode: RatingMode;
  /** Decides blinded ids, order and sides. With it and the dialogues anyone can lift the blinding; raters have no use for it. */
  seed: number;
  items: readonly RatingItem[];
  /** Hash of the transcripts. */
  transcripts: string;
  /** Minutes that raters are given; `null`: no limit. */
  minutes: number | null;
  /** Milliseconds since 1970. */
  createdAt: number;
}

/** A session that can be rated: what is handed to raters. */
export interface RatingSession {
  plan: RatingPlan;
  transcripts: readonly Transcript[];
}

/** One answer of one rater. */
export interface RatingAnswer {
  /** Id of an item. */
  item: string;
  question: RatingQuestion;
  value: RatingValue;
  /** Milliseconds of looking at the item before it was given, breaks left out. */
  ms: number;
  /** When: milliseconds since 1970. A later answer of the same sheet stands for an earlier one. */
  at: number;
}

/** What one rater answered in one sitting or several. */
export interface RatingSheet {
  /** Random, so that two raters of one name are told apart. */
  id: string;
  sessionId: string;
  /** The name that the rater chose. */
  rater: string;
  answers: readonly RatingAnswer[];
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** How people rated one dialogue, for figures: the mean over raters, of single dialogues 1 to 5. */
export interface DialogueRating {
  dialogueId: string;
  question: RatingQuestion;
  /**
   * In sessions of pairs the share of comparisons that it won, a tie counting half: 0 to 1.
   */
  rating: number;
  /** How many raters that is. */
  raters: number;
}
