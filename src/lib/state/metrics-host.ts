import { MetricsClient, type WorkerEvaluationOptions } from '../metrics/bridge/client';
import type { Evaluation, EvaluationInput } from '../metrics/index';

export type { WorkerEvaluationOptions } from '../metrics/bridge/client';
export type { Evaluation, EvaluationInput, EvaluationProgress } from '../metrics/index';

/** The bundler finds the worker by this very expression. */
const client = new MetricsClient(
  () =>
    new Worker(new URL('../../../workers/metrics.worker.ts', import.meta.url), {
      type: 'module',
      name: 'metrics',
    }),
);

/**
 * All metrics of some dialogues, computed in a worker so that the page stays free; from the browser's cache where the
 * same were computed before. One evaluation at a time; aborting the signal rejects at once with its reason.
 *
 * @param input plain data: `$state.snapshot` of anything that is a proxy
 * @param options.encoder address of an encoder's manifest, such as `encoderAddress(root)`; without one there is no
 *   BERTScore and no Match Score by embeddings, and nothing is fetched
 * Errors: `bad-input` when there is nothing to evaluate; those of the encoder; `engine-failed` when the worker stops.
 */
export function evaluateInWorker(
  input: EvaluationInput,
  options: WorkerEvaluationOptions = {},
): Promise<Evaluation> {
  return client.evaluate(input, options);
}

/** Address of the encoder that the app ships. @param root the site's address, with a slash at the end */
export const encoderAddress = (root: string): string =>
  new URL('encoders/minilm-l6-int8/manifest.json', root).href;

/** Ends the worker, for a page that is left. */
export const endMetricsWorker = (): void => client.close();
