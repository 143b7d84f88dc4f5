import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import { settingsApart } from '../../lib/dialogue/experiment-plan';
import type { Evaluation } from '../../lib/metrics';
import { experimentReport, type ReportDocument } from '../../lib/report';
import { main as evaluateMain } from '../evaluate';
import { documentFiles, writeFiles } from '../evaluate/write-report';
import { exitCodes } from '../exit';
import type { Held, HoldDeps } from './hold';

export interface ReportDeps extends Pick<HoldDeps, 'experiment' | 'plan' | 'root' | 'out' | 'say'> {
  held: Held;
  human: string | null;
  resamples: number;
  permutations: number;
  command: string;
}

/**
 * Evaluates what was held, by `npm run evaluate` itself, and writes report/: experiment.html and .md with the experiment's own
 * tables, and evaluation/ with everything. Errors: `bad-input` when there is nothing to evaluate.
 */
export async function reportExperiment(deps: ReportDeps): Promise<ReportDocument> {
  const { experiment, plan, held, out, say, command } = deps;
  const folder = join(out, 'report');
  const settings = settingsApart(experiment) ? experiment.settings.map(({ id }) => id) : [null];
  const evaluations: { setting: string | null; evaluation: Evaluation }[] = [];
  for (const setting of settings) {
    const files = held.files.filter((file) => setting === null || file.setting === setting);
    if (files.length === 0) continue;
    const own = join(folder, 'evaluation', setting ?? '');
    say(
      `\nEvaluating ${String(files.length)} files${setting === null ? '' : ` of ${setting}`} ...`,
    );
    await evaluateInto(
      own,
      files.map(({ path }) => path),
      deps,
    );
    const { evaluation } = JSON.parse(await readFile(join(own, 'report.json'), 'utf8')) as {
      evaluation: Evaluation;
    };
    evaluations.push({ setting, evaluation });
  }
  if (evaluations.length === 0) {
    throw new LabError(
      'bad-input',
      'No run of the experiment has a dialogue. The lines above say why.',
    );
  }
  const { leftOut, short } = plan;
  const document = experimentReport({
    ...{ experiment, runs: held.runs, leftOut, short, evaluations, command },
  });
  await writeFiles(folder, documentFiles(document, 'experiment'));
  say(`The report is in ${folder}; begin with experiment.html.`);
  return document;
}

async function evaluateInto(
  folder: string,
  files: readonly string[],
  { root, human, resamples, permutations }: ReportDeps,
): Promise<void> {
  const cwd = process.env['INIT_CWD'] ?? process.cwd();
  const code = await evaluateMain(
    [
      ...files.map((path) => relative(cwd, path)),
      ...['--report', relative(cwd, folder), '--quiet'],
      ...['--resamples', String(resamples), '--permutations', String(permutations)],
      ...(human === null ? [] : ['--human', human]),
    ],
    root,
  );
  if (code !== exitCodes.ok) {
    throw new LabError('bad-input', 'The evaluation failed; the lines above say why.');
  }
}
