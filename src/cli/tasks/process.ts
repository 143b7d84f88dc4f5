import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ProcessResult {
  /** The exit code; 1 when a signal ended it. */
  code: number;
  /** Both outputs together, where they were kept. */
  output: string;
}

export interface ProcessOptions {
  cwd: string;
  env?: Readonly<Record<string, string>>;
  /** Keep the output instead of showing it. */
  quiet?: boolean;
}

/** Runs a program to its end. Rejects when it cannot be started at all. */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, env, quiet = false }: ProcessOptions,
): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const pieces: string[] = [];
    const keep = (piece: Buffer) => pieces.push(piece.toString());
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, output: pieces.join('') });
    });
  });
}

/** The script behind a package's command, so that it can be run by any Node, without a shell. */
export function scriptOf(root: string, packageName: string, command = packageName): string {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    bin: string | Record<string, string>;
  };
  const path = typeof bin === 'string' ? bin : bin[command];
  if (path === undefined) throw new Error(`${packageName} has no command ${command}.`);
  return join(folder, path);
}
