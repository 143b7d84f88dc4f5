import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runProcess } from '../../../src/cli/tasks/process';
import type { Experiment } from '../../../src/lib/contracts/experiment';
import { experimentPresets } from '../../../src/lib/dialogue/experiment-presets';
import type { Evaluation } from '../../../src/lib/metrics';
import type { Bar } from '../runner/bars';
import { keepDialogues, restoreKept } from '../runner/kept';
import { hashInputs } from '../runner/record';

/** What decides what is said. */
const decisive: readonly string[] = [
  ...['domain', 'profile', 'recommend', 'action', 'prompt', 'dialogue', 'baseline'].map(
    (stage) => `src/lib/${stage}`,
  ),
  'src/lib/engine/native',
  'src/lib/engine/gguf',
  'static/domains/movies',
  'static/models/index.json',
  'static/models/interplay-user-135m/manifest.json',
  'static/models/interplay-recommender-135m/manifest.json',
  'static/models/interplay-counterpart-135m/manifest.json',
];

/** Of each system, through `native`. */
const least = 100;
/** What is read under docs; the whole evaluation as JSON is too large, dialogues are kept beside the bars. */
const kept = ['experiment.html', 'experiment.md', 'tables', 'figures'];

function paper(): Experiment {
  const found = experimentPresets.find(({ id }) => id === 'paper');
  if (found === undefined) throw new Error('There is no preset "paper".');
  return found;
}

/** Copies the report to where it is read, without what only this machine has. */
function publish(root: string, report: string): void {
  const to = join(root, 'docs', 'experiments', 'paper');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of kept) {
    const from = join(report, name);
    if (existsSync(from)) cpSync(from, join(to, name), { recursive: true });
  }
  const whole = join(report, 'evaluation', 'report.html');
  if (existsSync(whole)) cpSync(whole, join(to, 'evaluation.html'));
}

const share = (value: number | null | undefined) =>
  value === null || value === undefined ? 'unknown' : `${(value * 100).toFixed(1)} %`;

/** The paper's comparison at full size; interrupted, the same command goes on. Its report is read under docs. */
export const paperBar: Bar = {
  set: 'eval',
  number: 4,
  title:
    "The paper's preset from one command: N >= 100 a system through native, its report under docs/experiments/paper",
  inputs: [
    ...decisive,
    'src/lib/metrics',
    'src/lib/report',
    'src/cli/experiment',
    'src/cli/experiment.ts',
    'test/bars/eval/paper.ts',
  ],
  measure: async (root, { pair, experiment }) => {
    const out = join('runs', 'bars', 'eval', hashInputs(root, decisive));
    const args = [
      ...['--preset', 'paper', '--engine', 'native'],
      ...['--dialogues', String(experiment.dialogues), '--slots', String(pair.slots)],
    ];
    const human = experiment.human === null ? [] : ['--human', experiment.human];
    const bootstrap = join(root, 'src', 'cli', 'bootstrap.mjs');
    const words = [bootstrap, 'experiment', ...args, '--out', out, ...human];
    restoreKept(root, out);
    const { code } = await runProcess(process.execPath, words, { cwd: root });
    keepDialogues(root, out);
    const file = join(root, out, 'report', 'evaluation', 'report.json');
    // With 3 some dialogues failed: the report says so, and they do not count.
    if (![0, 3].includes(code) || !existsSync(file)) {
      throw new Error('The experiment did not come to its end; the lines above say why.');
    }
    const { evaluation } = JSON.parse(readFileSync(file, 'utf8')) as { evaluation: Evaluation };
    publish(root, join(root, out, 'report'));
    const { systems } = evaluation;
    const asked = paper().systems.length;
    const fewest = Math.min(
      ...systems.map(({ dialogues, statuses }) => dialogues - statuses.failed),
    );
    const first = systems[0]?.results ?? [];
    const value = (id: string) => first.find((result) => result.id === id)?.value;
    return {
      passed: systems.length === asked && fewest >= least,
      figures: {
        systems: `${String(systems.length)} of ${String(asked)}`,
        'raw success of the pair': share(value('raw-success')),
        'verified success of the pair': share(value('verified-success')),
        'Recall@1 of the pair': share(value('recall@1-first-macro')),
        'people to compare with':
          experiment.human === null ? 'none given' : `from ${basename(experiment.human)}`,
      },
      n: `${String(fewest)} dialogues a system`,
      seed: 1,
      command: `npm run experiment -- ${args.join(' ')}${experiment.human === null ? '' : ' --human FILE'}`,
    };
  },
};
