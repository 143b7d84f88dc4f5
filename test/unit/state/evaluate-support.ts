import type { Catalogue } from '../../../src/lib/domain/catalogue';
import { evaluate } from '../../../src/lib/metrics';
import { Evaluator, type EvaluatorDeps } from '../../../src/lib/state/evaluate.svelte';
import { fileSource, type EvaluationSource } from '../../../src/lib/state/evaluate-sources';

export function source(name: string, text: string): EvaluationSource {
  return fileSource(new File([text], name, { lastModified: 1 }));
}

/** The page's state, computing here what a page computes in its worker. */
export function evaluatorOn(catalogue: Catalogue, rest: Partial<EvaluatorDeps> = {}): Evaluator {
  const evaluator = new Evaluator({
    evaluate: (input, { encoder: _encoder, ...options }) => evaluate(input, options),
    catalogue: () => Promise.resolve(catalogue),
    encoder: null,
    program: 'interplay-lab 0.1.0',
    ...rest,
  });
  evaluator.set({ resamples: 40, permutations: 60 });
  return evaluator;
}
