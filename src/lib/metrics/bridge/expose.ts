import { isAbort, toErrorData } from '../../contracts/errors';
import { createCatalogue } from '../../domain/catalogue';
import type { TextEncoder } from '../embedding/encoder';
import type { FoundEncoder } from '../embedding/find-encoder';
import { evaluate } from '../evaluation/evaluate';
import type { EvaluationProgress } from '../evaluation/steps';
import type { Evaluation } from '../evaluation/types';
import { contentKey, type KeptResults } from './kept-results';
import type { EvaluationRequest, MetricsWorkerApi } from './protocol';
import { addPart, noRecords, type Records } from './records';

type OnProgress = (progress: EvaluationProgress) => void;

export interface MetricsApiDeps {
  findEncoder(address: string, signal: AbortSignal): Promise<FoundEncoder>;
  /** Absent where results are not kept. */
  kept?: KeptResults | undefined;
}

/** Evaluations as a worker exposes them: errors as data, one abort controller a call. */
export function metricsApi({ findEncoder, kept }: MetricsApiDeps): MetricsWorkerApi {
  const running = new Map<number, AbortController>();
  const added = new Map<number, Records>();
  const encoders = new Map<string, TextEncoder>();

  async function encoderOf(
    { identity, open }: FoundEncoder,
    signal: AbortSignal,
    onProgress: OnProgress | undefined,
  ): Promise<TextEncoder> {
    const opened = encoders.get(identity) ?? (await open(signal, onProgress));
    encoders.set(identity, opened);
    return opened;
  }

  async function run(
    records: Records,
    request: EvaluationRequest,
    signal: AbortSignal,
    onProgress: OnProgress | undefined,
  ): Promise<Evaluation> {
    const { pack, people, encoder: address, ratings, judged, ...settings } = request;
    const found = address === undefined ? null : await findEncoder(address, signal);
    const key = kept ? contentKey(records, request, found?.identity ?? null) : '';
    const before = await kept?.get(key);
    if (before) return before;
    const encoder = found ? await encoderOf(found, signal, onProgress) : null;
    const evaluation = await evaluate(
      {
        catalogue: createCatalogue(pack),
        dialogues: records.dialogues,
        ...(people === null ? {} : { people: { name: people, dialogues: records.people } }),
        singleTurns: records.singleTurns,
        ...(ratings ? { ratings } : {}),
        ...(judged ? { judged } : {}),
      },
      {
        ...settings,
        ...(encoder ? { encoder } : {}),
        ...(onProgress ? { onProgress } : {}),
        signal,
      },
    );
    await kept?.put(key, evaluation);
    return evaluation;
  }

  return {
    add(call, part) {
      const records = added.get(call) ?? noRecords();
      added.set(call, records);
      addPart(records, part);
    },
    async evaluate(call, request, onProgress) {
      const controller = new AbortController();
      running.set(call, controller);
      const records = added.get(call) ?? noRecords();
      added.delete(call);
      let told: unknown;
      const tell: OnProgress = (progress) => {
        told = onProgress?.(progress);
      };
      try {
        const value = await run(records, request, controller.signal, tell);
        // Over the bridge it is a promise, kept when this and all progress before it has been heard.
        await told;
        return { ok: true, value };
      } catch (reason) {
        if (isAbort(reason)) return { ok: false, aborted: true };
        return { ok: false, error: toErrorData(reason) };
      } finally {
        running.delete(call);
      }
    },
    abort(call) {
      added.delete(call);
      running.get(call)?.abort();
    },
  };
}
