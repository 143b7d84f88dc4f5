import type { DomainPack } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { ErrorData } from '../../contracts/errors';
import type { EvaluationProgress } from '../evaluation/steps';
import type { Evaluation } from '../evaluation/types';
import type { Judged } from '../judge/judge';
import type { MergedRatings } from '../people/merge';
import type { SingleTurn } from '../single-turn/row';

/** What an evaluation in a worker is asked with, beside its records: plain data, so that it crosses the boundary. */
export interface EvaluationRequest {
  pack: DomainPack;
  /** Name of the people's side; `null`: there is none. */
  people: string | null;
  ratings?: MergedRatings;
  judged?: Judged;
  seed?: number;
  theta?: number;
  resamples?: number;
  permutations?: number;
  /** Absolute address of the encoder's `manifest.json`; without one its metrics are left out. */
  encoder?: string;
}

/** Records of a call, in parts: copying all of them at once would hold the page. */
export interface EvaluationPart {
  dialogues?: readonly Dialogue[];
  people?: readonly Dialogue[];
  singleTurns?: readonly SingleTurn[];
}

/** What came of a call: errors and aborts do not cross a worker's boundary whole. */
export type EvaluationOutcome =
  { ok: true; value: Evaluation } | { ok: false; error: ErrorData } | { ok: false; aborted: true };

/** What the metrics' worker exposes. */
export interface MetricsWorkerApi {
  /** @param call names the call that the records are for */
  add(call: number, part: EvaluationPart): void;
  /** Everything of the records that were added for the call. */
  evaluate(
    call: number,
    request: EvaluationRequest,
    onProgress?: (progress: EvaluationProgress) => void,
  ): Promise<EvaluationOutcome>;
  /** Also forgets records that were added for the call. */
  abort(call: number): void;
}
