import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, vi } from 'vitest';
import { main } from '../../src/cli/evaluate';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Every test of the file gets a folder of its own; the command takes it for the one it was called in. */
export function folderOfTest(): () => string {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interplay-evaluate-'));
    vi.stubEnv('INIT_CWD', folder);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });
  return () => folder;
}

/** The command in this process, with what it writes. */
export async function evaluate(
  ...args: readonly string[]
): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  vi.spyOn(process.stdout, 'write').mockImplementation((piece) => out.push(String(piece)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((piece) => err.push(String(piece)) > 0);
  const code = await main(args, root);
  vi.restoreAllMocks();
  return { code, out: out.join(''), err: err.join('') };
}
