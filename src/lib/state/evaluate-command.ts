import { defaultPermutations, defaultResamples, type SystemNames } from '../metrics/index';
import { defaultTheta } from '../profile/fit';
import { shellLine } from '../report/index';
import type { EvaluationSource } from './evaluate-sources';

/** What decides the numbers beside the dialogues; the same as the command's flags. */
export interface EvaluationSettings {
  /** `null`: the dialogues' own. */
  domain: string | null;
  seed: number;
  /** Share of the wanted attributes that an item must have to fit. */
  theta: number;
  /** Bootstrap draws; 0 leaves intervals out. */
  resamples: number;
  permutations: number;
  /** Whether BERTScore and Match Score by embeddings are computed, where an encoder ships. */
  encoder: boolean;
}

export const defaultSettings: EvaluationSettings = {
  domain: null,
  seed: 1,
  theta: defaultTheta,
  resamples: defaultResamples,
  permutations: defaultPermutations,
  encoder: true,
};

interface Sources {
  runs: readonly EvaluationSource[];
  people: EvaluationSource | null;
  singleTurns: EvaluationSource | null;
}

/** The command that gives the same numbers of the same files: those that the page saves under these names. */
export function commandOf(
  { runs, people, singleTurns }: Sources,
  settings: EvaluationSettings,
  names: SystemNames,
): string {
  const { domain, seed, theta, resamples, permutations, encoder } = settings;
  const words = [
    ...runs.map(({ file }) => file.name),
    ...(people ? ['--human', people.file.name] : []),
    ...(singleTurns ? ['--single-turn', singleTurns.file.name] : []),
    ...(domain === null ? [] : ['--domain', domain]),
    ...['--seed', String(seed), '--theta', String(theta)],
    ...['--resamples', String(resamples), '--permutations', String(permutations)],
    ...(encoder ? [] : ['--encoder', 'none']),
    ...(Object.keys(names).length === 0 ? [] : ['--names', JSON.stringify(names)]),
    ...['--report', 'report'],
  ];
  return `npm run evaluate -- ${shellLine(words)}`;
}
