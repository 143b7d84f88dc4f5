import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../../../src/cli/tasks/process';

/** Does something in a clone of the last commit that has nothing else in it. */
export async function inFreshClone<T>(
  root: string,
  work: (clone: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'interplay-clone-'));
  const clone = join(folder, 'lab');
  try {
    const { code, output } = await runProcess('git', ['clone', '--quiet', root, clone], {
      cwd: folder,
      quiet: true,
    });
    if (code !== 0) throw new Error(`git clone failed: ${output}`);
    return await work(clone);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Types `npm start` and waits for the address that it prints; then asks for the page. */
export function startAnswers(clone: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['start', '--', '--port', '0'], {
      cwd: clone,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // npm stands between: the whole group that was started here is to end.
    const end = () => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    };
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
      const url = /is at (\S+)/.exec(said)?.[1];
      if (url === undefined) return;
      child.stdout.removeAllListeners('data');
      fetch(url)
        .then(async (response) => response.ok && (await response.text()).includes('Interplay Lab'))
        .then(resolve, reject)
        .finally(end);
    });
    child.once('error', reject);
    child.once('close', () => {
      reject(new Error(`npm start ended before it served: ${said}`));
    });
  });
}
