import type { Role } from '../../contracts/action';
import type { LoadProgress, ModelRole } from '../../contracts/engine';
import type { ErrorData } from '../../contracts/errors';
import type { MessageKey } from '../messages';

/** A line about a model. */
export interface ModelFact {
  label: MessageKey;
  value: string;
  /** A hash or the like: set in the fixed face, may break anywhere. */
  code?: boolean;
}

export interface ModelView {
  id: string;
  title: string;
  /** What it was fine-tuned for; `null`: nothing, it is used zero-shot. */
  role: ModelRole | null;
  /** Added by the visitor. */
  added: boolean;
  /** Seats that it has in the next dialogue. */
  seats: readonly Role[];
  facts: readonly ModelFact[];
  /** Bytes in this browser, of all its files. */
  kept: { bytes: number; total: number };
  /** False: it runs on WebAssembly only. */
  hasLibrary: boolean;
  hasCard: boolean;
  error: ErrorData | null;
}

/** What a seat has in memory now. */
export interface LoadedView {
  role: Role;
  /** `null`: nothing. */
  text: string | null;
}

export interface StorageView {
  /** Bytes of models in the browser's cache. */
  models: number;
  space: { used: number; quota: number } | null;
  /** Of models that are not listed any more. */
  rest: number;
  persisted: boolean | null;
}

export interface WorkView {
  /** The model's id; "" while one is being added. */
  id: string;
  progress: LoadProgress | null;
}

/** A model of web-llm's list. */
export interface PrebuiltView {
  id: string;
  size: string;
  memory: string;
  licence: string;
  needsHalf: boolean;
}
