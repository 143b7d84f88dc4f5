import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../bootstrap/build.mjs';
import { runChecks } from './checks';
import { junitCounts, sum, vitestCounts, withExitCode, type Counts } from './counts';
import { nodeCommand, otherNodes } from './nodes';
import { runProcess, scriptOf } from './process';
import { trainingPythonOf } from './python';

/** A part of `npm test`. */
export interface Stage {
  name: string;
  run(): Promise<Counts>;
}

export interface StageDeps {
  root: string;
  /** An empty folder for reports. */
  reports: string;
  say: (line: string) => void;
}

/** What stands on Node itself, the commands with all that they run; the rest is plain ECMAScript. */
const nodeBound = ['cli', 'engine', 'store', 'report'].map((folder) => `test/unit/${folder}/`);

/** Every stage of `npm test`, in order: the quick ones first. */
export function stagesOf(deps: StageDeps): readonly Stage[] {
  const { root } = deps;
  const present = Number(process.versions.node.split('.')[0]);
  return [
    { name: 'check', run: () => checkCounts(deps) },
    { name: 'unit', run: () => vitest(deps, 'unit', ['unit*']) },
    ...otherNodes
      .filter((major) => major !== present)
      .map((major): Stage => ({
        name: `unit-node-${String(major)}`,
        run: () =>
          vitest(deps, `unit-node-${String(major)}`, ['unit*'], { major, files: nodeBound }),
      })),
    { name: 'models', run: () => pytest(deps) },
    { name: 'build', run: () => Promise.resolve(countsOf(build(root, deps.say) ? 0 : 1)) },
    { name: 'browser', run: () => vitest(deps, 'browser', ['browser', 'gpu']) },
    { name: 'e2e', run: () => vitest(deps, 'e2e', ['e2e']) },
  ];
}

const countsOf = (code: number): Counts => ({
  passed: code === 0 ? 1 : 0,
  failed: code === 0 ? 0 : 1,
});

async function checkCounts({ root, say }: StageDeps): Promise<Counts> {
  return sum((await runChecks(root, say)).map(({ code }) => countsOf(code)));
}

/**
 * @param major run it under this Node instead of the present one
 * @param files folders of tests; all unless given
 */
async function vitest(
  { root, reports }: StageDeps,
  name: string,
  projects: readonly string[],
  { major, files = [] }: { major?: number; files?: readonly string[] } = {},
): Promise<Counts> {
  const report = join(reports, `${name}.json`);
  const args = [
    scriptOf(root, 'vitest'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    // One a core: vitest itself would leave a core to what watches it.
    '--maxWorkers=100%',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...files,
  ];
  const [command, prefix] = major === undefined ? [process.execPath, []] : nodeCommand(major);
  const { code } = await runProcess(command, [...prefix, ...args], {
    cwd: root,
    // About a loader that is not in use.
    env: { VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  return withExitCode(vitestCounts(readFileSync(report, 'utf8')), code);
}

async function pytest({ root, reports, say }: StageDeps): Promise<Counts> {
  const python = await trainingPythonOf(root, say);
  const report = join(reports, 'models.xml');
  const args = ['-m', 'pytest', 'tests', '-q', '-n', 'auto', '--dist', 'loadfile'];
  const { code } = await runProcess(python, [...args, `--junitxml=${report}`], {
    cwd: join(root, 'models'),
    // A process a core already.
    env: { OMP_NUM_THREADS: '1' },
  });
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  return withExitCode(junitCounts(readFileSync(report, 'utf8')), code);
}
