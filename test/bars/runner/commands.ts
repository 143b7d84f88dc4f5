import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess, scriptOf } from '../../../src/cli/tasks/process';
import { vitestCounts, type Counts } from '../../../src/cli/tasks/counts';

/** Parts of the summary of `simulate --json` that the bars read. */
export interface Summary {
  runId: string;
  out: string;
  dialogues: { asked: number; finished: number; failed: number };
  outcome: { metrics: readonly { id: string; value: number | null }[] };
}

/** Runs the simulate command and reads its summary; its progress is shown. */
export function simulate(root: string, args: readonly string[]): Promise<Summary> {
  return new Promise((resolve, reject) => {
    const bootstrap = join(root, 'src', 'cli', 'bootstrap.mjs');
    const child = spawn(process.execPath, [bootstrap, 'simulate', ...args, '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let stdout = '';
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(stdout) as Summary);
      else reject(new Error(`simulate ${args.join(' ')} ended with ${String(code)}`));
    });
  });
}

/** Runs test files of one Vitest project. */
export async function vitest(
  root: string,
  project: string,
  files: readonly string[],
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'interplay-bars-'));
  const report = join(folder, 'report.json');
  try {
    await runProcess(
      process.execPath,
      [
        scriptOf(root, 'vitest'),
        'run',
        '--project',
        project,
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...files,
      ],
      { cwd: root, env: { INTERPLAY_BARS: 'full' } },
    );
    return existsSync(report)
      ? vitestCounts(readFileSync(report, 'utf8'))
      : { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a script through tsx or plain Node; the exit code. */
export async function script(
  root: string,
  file: string,
  args: readonly string[] = [],
): Promise<number> {
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  return (await runProcess(process.execPath, [...loader, file, ...args], { cwd: root })).code;
}

export function readJson(root: string, name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'test', 'bars', name), 'utf8')) as Record<
    string,
    unknown
  >;
}
