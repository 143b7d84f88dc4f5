import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { install } from './bootstrap/install.mjs';
import { nodeProblem } from './bootstrap/node-version.mjs';

/*
 * The one entry of every npm script, in plain Node without dependencies, because on a fresh clone there
 * are none: it sees to the Node version and the installed packages, then runs the task's TypeScript.
 */

/** @type {Readonly<Record<string, string>>} */
const tasks = {
  start: './serve.ts',
  simulate: './simulate.ts',
  evaluate: './evaluate.ts',
  experiment: './experiment.ts',
  check: './check.ts',
  test: './test.ts',
  catalogue: './make-catalogue.ts',
  profiles: './make-profiles.ts',
  bars: '../../test/bars/run-bars.ts',
  bench: '../../test/bench/run-bench.ts',
};

/** @param {string} line */
const say = (line) => {
  process.stderr.write(`${line}\n`);
};
const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '..', '..');

const [task = '', ...args] = process.argv.slice(2);
const entry = tasks[task];
const problem = nodeProblem(process.versions.node);
if (problem !== null) {
  say(problem);
  process.exit(2);
}
if (entry === undefined) {
  say(`There is no task "${task}". There are: ${Object.keys(tasks).join(', ')}.`);
  process.exit(2);
}
if (!install(root, say)) process.exit(4);

const { register } = await import('tsx/esm/api');
// The page's tsconfig extends a file that the build generates; the command must not wait for it.
register({ tsconfig: false });
// A script that can also be run by itself reads the command line when it is imported.
process.argv.splice(2, 1);
const { main } = await import(pathToFileURL(join(here, entry)).href);
if (main !== undefined) process.exitCode = await main(args, root);
