import { join } from 'node:path';
import { guarded } from '../exit';
import { runProcess, scriptOf, type ProcessResult } from './process';
import { pythonOf } from './python';

/** What came of something that reads the sources and finds fault with them. */
export interface CheckResult {
  name: string;
  /** 0: no fault. */
  code: number;
}

/** Runs every static check of the project and prints what each has found, once it is done. */
export async function runChecks(
  root: string,
  say: (line: string) => void,
): Promise<readonly CheckResult[]> {
  const node = (script: string, ...args: readonly string[]) =>
    runProcess(process.execPath, [script, ...args], { cwd: root, quiet: true });

  const done = async (name: string, run: () => Promise<ProcessResult>): Promise<CheckResult> => {
    let result: ProcessResult = { code: 1, output: '' };
    const thrown = await guarded(async () => {
      result = await run();
      return 0;
    });
    const code = thrown || result.code;
    say(
      [`  ${name}: ${code === 0 ? 'ok' : 'FAILED'}`, result.output.trimEnd()].join('\n').trimEnd(),
    );
    return { name, code };
  };

  const types = ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'];
  // Makes what the others read.
  const first = await done('svelte-kit sync', () =>
    node(scriptOf(root, '@sveltejs/kit', 'svelte-kit'), 'sync'),
  );
  const others = await Promise.all([
    done('types', () => node(scriptOf(root, 'svelte-check'), ...types)),
    done('eslint', () => node(scriptOf(root, 'eslint'), '.', '--max-warnings', '0')),
    done('prettier', () => node(scriptOf(root, 'prettier'), '--check', '--log-level', 'warn', '.')),
    done('ruff', async () => {
      const python = await pythonOf(root, say);
      const ruff = (...args: readonly string[]) =>
        runProcess(python, ['-m', 'ruff', ...args], { cwd: join(root, 'models'), quiet: true });
      const lint = await ruff('check', '--quiet', '.');
      const format = await ruff('format', '--check', '--quiet', '.');
      return { code: lint.code || format.code, output: lint.output + format.output };
    }),
  ]);
  return [first, ...others];
}
