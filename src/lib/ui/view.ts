import type { ActionType, Role, Violation } from '../contracts/action';
import type { Attribute, ItemId } from '../contracts/catalogue';
import type { Draft, Mention, OutcomeStatus } from '../contracts/dialogue';
import type {
  EngineKind,
  LoadProgress,
  ModelRole,
  Timings,
  TokenCounts,
} from '../contracts/engine';
import type { ErrorData } from '../contracts/errors';
import type { Patience, ProfileChange, Talkativeness } from '../contracts/profile';
import type { MessageKey } from './messages';

/* What the components show, as plain data; `state/` makes it from the core's own types. */

/** A line of a fact card: "Director: Ann Example". */
export interface FactView {
  label: string;
  values: readonly string[];
}

export interface ItemView {
  id: ItemId;
  label: string;
  title: string;
  year: number | null;
  facts: readonly FactView[];
  /** Whether it fits the profile; `null` while that is not to be shown. */
  fits: boolean | null;
  isTarget: boolean;
}

export interface ActionView {
  type: ActionType;
  /** Titles that the action names. */
  labels: readonly string[];
}

export interface TextPart {
  text: string;
  /** What kind of mention it is; absent for plain words. */
  mention?: Mention['kind'];
}

export interface TurnView {
  index: number;
  role: Role;
  actions: readonly ActionView[];
  text: string;
  parts: readonly TextPart[];
  /** Cards of what the turn recommends. */
  cards: readonly ItemView[];
  violations: readonly Violation[];
  raw: string;
  /** What was thrown away before it. */
  drafts: readonly Draft[];
  tokens: TokenCounts;
  ms: Timings;
  seed: number | null;
  /** No model was asked. */
  scripted: boolean;
  /** A person wrote it. */
  human: boolean;
}

/** What a person whose turn it is can do. */
export interface ComposerView {
  role: Role;
  /** Its acts, in the order of an action line. */
  acts: readonly ActionType[];
  /** Most acts in one turn. */
  mostActs: number;
  /** Most items in one `recommend`. */
  slate: number;
  /** What was recommended so far, the newest first. */
  recommended: readonly ItemView[];
}

/** A change of the profile, in words. */
export interface EditView {
  /** Index of the first turn that it was in force for. */
  turn: number;
  changes: readonly { field: ProfileChange['field']; from: string; to: string }[];
}

/** A profile as the form for steering shows it. */
export interface SteerDraft extends ProfileDraft {
  targets: readonly ItemId[];
  patience: Patience;
  talkativeness: Talkativeness;
}

/** A turn that is being spoken: what is to be seen of its raw output so far. */
export interface LiveView {
  role: Role;
  actionLine: string;
  text: string;
}

export interface PromptMessage {
  role: string;
  content: string;
}

export interface PromptView {
  role: Role;
  messages: readonly PromptMessage[];
  /** `exact`: recorded with its last turn; `now`: of the turn it speaks; `next`: before its first; `none`: no model. */
  kind: 'exact' | 'now' | 'next' | 'none';
  /** The exact text, special tokens and all; `null` where no model was asked yet. */
  text: string | null;
  turn: number | null;
}

export type TalkStatus = 'idle' | 'loading' | 'running' | 'pausing' | 'paused' | 'over';

/** One number of the outcome with what it means. */
export interface FigureView {
  label: MessageKey;
  value: string;
  meaning: MessageKey;
  tone: 'good' | 'bad' | 'warn' | 'plain';
  details?: readonly string[];
}

/** First mention of an item, by whom and where: one entry of the leak ledger. */
export interface LedgerEntry {
  turn: number;
  role: Role;
  item: string;
  isTarget: boolean;
}

export interface OutcomeView {
  status: OutcomeStatus | null;
  accepted: readonly string[];
  figures: readonly FigureView[];
  ledger: readonly LedgerEntry[];
  error: ErrorData | null;
  /** How often the profile was changed, and since which turn (from 0) the last change was in force. */
  steered: { count: number; turn: number } | null;
}

/** The model of a seat, and what else could sit there; `both`: it writes both sides. */
export interface SeatModelView {
  role: ModelRole;
  /** Its id; empty when none fits. */
  chosen: string;
  options: readonly { value: string; label: string }[];
}

export interface EngineView {
  kind: EngineKind | null;
  /** Why this engine, in words. */
  reason: string;
  device: string | null;
  /** Roles whose model nobody trained for it. */
  zeroShot: readonly Role[];
}

export interface SeatLoadView {
  role: Role;
  status: 'idle' | 'loading' | 'ready' | 'failed';
  progress: LoadProgress | null;
}

export interface ProfileView {
  id: string;
  summary: string;
  /** As a wish reads: "directed by Ann Example". */
  wanted: readonly string[];
  unwanted: readonly string[];
  patience: Patience;
  talkativeness: Talkativeness;
  anonymity: number;
  own: boolean;
  source: string;
}

export interface HeldView {
  id: string;
  profileId: string;
  summary: string;
  startedAt: number;
  status: OutcomeStatus | null;
  resumed: boolean;
}

/** What can be picked for a profile written by hand. */
export interface AttributeChoice {
  type: string;
  label: string;
  values: readonly string[];
}

/** A profile as it stands in the form. */
export interface ProfileDraft {
  summary: string;
  wanted: readonly Attribute[];
  unwanted: readonly Attribute[];
}

export interface ImportView {
  added: number;
  problems: readonly { line: number; reason: string }[];
}

/** Who sits in a seat of the dialogue on show. */
export interface SeatLineView {
  role: Role;
  /** The model's or the script's name. */
  id: string;
  engine: EngineKind | 'none';
  device: string | null;
  zeroShot: boolean;
  human: boolean;
}
