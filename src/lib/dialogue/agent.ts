import type { ItemId } from '../contracts/catalogue';
import type { SeatRecord } from '../contracts/dialogue';
import type { Sampling, Timings, TokenCounts } from '../contracts/engine';
import type { RecommenderView, RoleView, UserView } from '../contracts/view';
import type { Catalogue } from '../domain/catalogue';
import type { Ranker } from '../recommend/ranker';

/** What an agent is asked with, beside its view. */
export interface TurnRequest {
  /** Derived from (run, dialogue, turn, role). */
  seed: number;
  sampling: Sampling;
  /** Hold the action line with a grammar. */
  constrained: boolean;
  /** Most items in one `recommend`. */
  slate: number;
  /** K of the ranker; `null` offers the whole catalogue. */
  candidates: number | null;
  signal?: AbortSignal;
  /** The raw output so far. */
  onText?: (raw: string) => void;
}

export interface TurnReply {
  /** The action line and the text, exactly as put out. */
  raw: string;
  /** The exact text the model saw; `null` where no model was asked. */
  prompt: string | null;
  tokens: TokenCounts;
  ms: Timings;
  finish: 'stop' | 'length';
  /** The request's seed; `null` where chance plays no part. */
  seed: number | null;
  /** Recommender only: the ranker's best, best first, as the record keeps them. */
  candidates?: readonly ItemId[];
}

/** Whoever sits in a seat: a model, a baseline, a script, a person. It sees its view and nothing else. */
export interface Agent<View extends RoleView> {
  seat(): SeatRecord;
  /** Forget everything of the dialogue before. */
  reset(): Promise<void>;
  respond(view: View, request: TurnRequest): Promise<TurnReply>;
}

export type UserAgent = Agent<UserView>;
export type RecommenderAgent = Agent<RecommenderView>;

/** Counts and timings of an agent that asks no model. */
export function unmodelled(raw: string, ms: number): Omit<TurnReply, 'candidates'> {
  return {
    raw,
    prompt: null,
    tokens: { prompt: null, cached: null, completion: null },
    ms: { prefill: null, decode: null, total: ms },
    finish: 'stop',
    seed: null,
  };
}

/** How much of the ranker's order a record keeps: enough for Recall@50, whatever K is. */
const recordedCandidates = 50;

/** The ranker's best for this conversation: the `offered` first K, and the `recorded` best. */
export function rankCandidates(
  ranker: Ranker,
  view: RecommenderView,
  catalogue: Catalogue,
  k: number | null,
): { offered: readonly ItemId[]; recorded: readonly ItemId[] } {
  const ranked = ranker.rank(view, catalogue, k === null ? null : Math.max(k, recordedCandidates));
  return {
    offered: k === null ? ranked : ranked.slice(0, k),
    recorded: ranked.slice(0, recordedCandidates),
  };
}
