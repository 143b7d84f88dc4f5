import type { Bar } from '../runner/bars';
import { vitest } from '../runner/commands';

const planted = 'test/unit/metrics/evaluation/bad-systems.test.ts';
const badInput = ['test/unit/state/evaluate.test.ts', 'test/unit/cli/evaluate.test.ts'];

const counted = ({ passed, failed }: { passed: number; failed: number }) => ({
  passed: failed === 0 && passed > 0,
  figures: { tests: `${String(passed)} passed, ${String(failed)} failed` },
});

/** Systems made to look good: the rules catch each, and none leads a table. */
export const plantedBar: Bar = {
  set: 'eval',
  number: 5,
  title:
    'Planted bad systems (greeting only, always accept, copies the context, repeats itself) never rank first',
  inputs: ['src/lib/metrics', planted, 'test/unit/metrics/evaluation/systems.ts'],
  measure: async (root) => ({
    ...counted(await vitest(root, 'unit*', [planted])),
    n: '4 planted systems beside a middling one, 20 dialogues each; 2 of single turns',
    seed: 1,
    command: `npx vitest run --project 'unit*' ${planted}`,
  }),
};

/** What is wrong with a file is told with its line, and costs no other file anything; on the page and the command. */
export const badInputBar: Bar = {
  set: 'eval',
  number: 7,
  title:
    'Bad input (no targets, empty run, mixed schema and prompt versions, huge line, NaN): told, others unharmed; page and command agree',
  inputs: [
    'src/lib/metrics',
    'src/lib/report',
    'src/lib/state/evaluate.svelte.ts',
    'src/lib/state/evaluate-sources.ts',
    'src/cli/evaluate.ts',
    'src/cli/evaluate',
    ...badInput,
  ],
  measure: async (root) => ({
    ...counted(await vitest(root, 'unit*', badInput)),
    n: '8 kinds of bad input; 16 dialogues of 2 systems where page and command are compared',
    seed: 3,
    command: `npx vitest run --project 'unit*' ${badInput.join(' ')}`,
  }),
};
