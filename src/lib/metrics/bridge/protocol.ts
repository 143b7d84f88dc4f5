import type { DomainPack } from '../../contracts/catalogue';
import type { Dialogue } from '../../contracts/dialogue';
import type { ErrorData } from '../../contracts/errors';
import type { EvaluationProgress } from '../evaluation/evaluate';
import type { Evaluation } from '../evaluation/types';
import type { SingleTurn } from '../single-turn/row';

/** What an evaluation in a worker is asked with: plain data, so that it crosses the boundary. */
export interface EvaluationRequest {
  pack: DomainPack;
  dialogues: readonly Dialogue[];
  people?: { name: string; dialogues: readonly Dialogue[] };
  singleTurns?: readonly SingleTurn[];
  seed?: number;
  theta?: number;
  resamples?: number;
  permutations?: number;
  /** Absolute address of the encoder's `manifest.json`; without one its metrics are left out. */
  encoder?: string;
}

/** What came of a call: errors and aborts do not cross a worker's boundary whole. */
export type EvaluationOutcome =
  { ok: true; value: Evaluation } | { ok: false; error: ErrorData } | { ok: false; aborted: true };

/** What the metrics' worker exposes. */
export interface MetricsWorkerApi {
  /** @param call names the call for `abort` */
  evaluate(
    call: number,
    request: EvaluationRequest,
    onProgress?: (progress: EvaluationProgress) => void,
  ): Promise<EvaluationOutcome>;
  abort(call: number): void;
}
