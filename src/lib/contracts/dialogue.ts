import type { Action, Role, Violation } from './action';
import type { ItemId } from './catalogue';
import type { EngineKind, Sampling, Timings, TokenCounts } from './engine';
import type { ErrorData } from './errors';
import type { Profile, ProfileEdit } from './profile';

/** A catalogue title found in a turn's text. */
export interface Mention {
  item: ItemId;
  /** Half-open range of UTF-16 units in `Turn.text`. */
  start: number;
  end: number;
  /** `action`: the turn's own item; `reference`: named earlier in the dialogue; `stray`: neither, a violation. */
  kind: 'action' | 'reference' | 'stray';
}

/** One utterance by one role with its actions. */
export interface Turn {
  role: Role;
  actions: readonly Action[];
  text: string;
  /** Exactly what the model put out, or the person. */
  raw: string;
  mentions: readonly Mention[];
  violations: readonly Violation[];
  tokens: TokenCounts;
  ms: Timings;
  /** The request's seed; `null` where no model was asked. */
  seed: number | null;
  /** Recommender only: the ranker's best 50, best first; the action line offered the first K of its order. */
  candidates?: readonly ItemId[];
  /** With `trace`: the exact text the model saw. */
  prompt?: string;
  /** What was put out and thrown away before this, the earliest first; absent where the first draw was kept. */
  drafts?: readonly Draft[];
}

/**
 * Why a draw is thrown away: it violates what a turn has to be, recommends an item that its words do not name, repeats
 * what its role said before, or speaks as the other role would.
 */
export const draftFaults = ['violation', 'unnamed', 'repeat', 'role-swap'] as const;
export type DraftFault = (typeof draftFaults)[number];

/** A turn that was thrown away. */
export interface Draft {
  /** Exactly what the model put out. */
  raw: string;
  /** The request's seed. */
  seed: number;
  fault: DraftFault;
}

/** Who sits in a seat, and exactly which weights. */
export interface SeatRecord {
  id: string;
  /** SHA-256 of weights and tokenizer; `null` where there are none (a baseline, an endpoint). */
  hash: string | null;
  /** The prompt version that the model was fine-tuned under; `null`: zero-shot. */
  promptVersion: string | null;
  engine: EngineKind | 'none';
  device?: string;
  /** Recommender only: the ranker behind the candidates, a learned one as `name@version`; absent where it is the seat's usual one and none was learned. */
  ranker?: string;
  /** A person sits there; absent for a program. */
  human?: true;
}

export const outcomeStatuses = [
  /** The user accepted a recommended item. */
  'accepted',
  /** Someone said bye before anything was accepted. */
  'declined',
  'limit',
  /** A role repeated itself word for word. */
  'loop',
  /** Empty or unparsed turns in a row. */
  'degenerate',
  /** An engine failed; `error` says how. */
  'failed',
  /** The person at the machine stopped it. */
  'stopped',
  /** Taken in from elsewhere, where nobody says how it ended. */
  'imported',
] as const;
export type OutcomeStatus = (typeof outcomeStatuses)[number];

export interface Outcome {
  status: OutcomeStatus;
  /** Items of `accept` actions, in order, each once. */
  accepted: readonly ItemId[];
  /** Complete exchanges: a user's turn and the recommender's after it. */
  exchanges: number;
  error?: ErrorData;
}

/** All settings that decide what a dialogue will be. */
export interface DialogueConfig {
  /** Most turns, both roles' counted. */
  maxTurns: number;
  sampling: Record<Role, Sampling>;
  /** K: how many of the ranker's best the action line offers; `null` offers the whole catalogue. */
  candidates: number | null;
  /** Most items in one `recommend`. */
  slate: number;
  /**
   * How often a turn with a plain fault is drawn anew, by the next seed and at a temperature .2 higher each time; absent, or at
   * temperature 0: never. The last draw stands, whatever it is.
   */
  redraws?: number;
  /** False only where an engine cannot hold a grammar and the user asked for it. */
  constrained: boolean;
  /** Keep every prompt in the record. */
  trace: boolean;
}

/** Where a dialogue left another one: it shares the turns before `turn`. */
export interface Fork {
  dialogueId: string;
  /** Index of the first turn of its own. */
  turn: number;
  /** True when a person wrote that turn; the turns after it were made. */
  edited: boolean;
}

/** One dialogue with all that is needed to trace and repeat it. */
export interface Dialogue {
  schemaVersion: 1;
  id: string;
  runId: string;
  profileId: string;
  domain: string;
  seed: number;
  config: DialogueConfig;
  models: Record<Role, SeatRecord>;
  /** Hash of both roles' prompts and grammars over the golden views: the code's, not the models'. */
  promptVersion: string;
  /** The profile that is in force after the last of the `edits`; its targets stand beside it. */
  profile: Omit<Profile, 'targets'>;
  targets: readonly ItemId[];
  /** True only for systems that were handed the targets. */
  referenceDependent: boolean;
  /** True when it was continued after a reload: re-prefilled numbers round differently. */
  resumed: boolean;
  /** Absent for a dialogue that began by itself. Its `models` and `seed` hold from `forkOf.turn` on. */
  forkOf?: Fork;
  /** How a person changed profile and targets, the earliest first; absent where nobody did. */
  edits?: readonly ProfileEdit[];
  turns: readonly Turn[];
  /** `null` while it runs. */
  outcome: Outcome | null;
  /** Milliseconds since 1970. A timing: not part of what must repeat. */
  startedAt: number;
}
