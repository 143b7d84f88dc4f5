import { join } from 'node:path';
import { guarded } from '../exit';
import { runProcess, scriptOf } from './process';
import { pythonOf } from './python';

/** Something that reads the sources and finds fault with them. */
export interface Check {
  name: string;
  /** Resolves to the exit code; the faults have been printed. */
  run(): Promise<number>;
}

/** Every static check of the project, in order; the first makes what the others read. */
export function checksOf(root: string, say: (line: string) => void): readonly Check[] {
  const node = (name: string, script: string, args: readonly string[]): Check => ({
    name,
    run: async () => (await runProcess(process.execPath, [script, ...args], { cwd: root })).code,
  });
  return [
    node('svelte-kit sync', scriptOf(root, '@sveltejs/kit', 'svelte-kit'), ['sync']),
    node('types', scriptOf(root, 'svelte-check'), [
      '--tsconfig',
      './tsconfig.json',
      '--fail-on-warnings',
      '--output',
      'human',
    ]),
    node('eslint', scriptOf(root, 'eslint'), ['.', '--max-warnings', '0']),
    node('prettier', scriptOf(root, 'prettier'), ['--check', '--log-level', 'warn', '.']),
    {
      name: 'ruff',
      run: () =>
        guarded(async () => {
          const python = await pythonOf(root, say);
          const cwd = join(root, 'models');
          const lint = await runProcess(python, ['-m', 'ruff', 'check', '--quiet', '.'], { cwd });
          const format = await runProcess(
            python,
            ['-m', 'ruff', 'format', '--check', '--quiet', '.'],
            { cwd },
          );
          return lint.code || format.code;
        }),
    },
  ];
}
