/**
 * Whether the judge without references sees that a dialogue is spoilt: originals against themselves shuffled and
 * repeating. FILE holds dialogue records or dialogues of people, as `--human` takes them.
 * `npx tsx test/bars/eval/judge.ts FILE.jsonl [--judge native] [--dialogues 10] [--seed 1]` prints it and
 * writes test/bars/eval/judge.json.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../../src/cli/bootstrap/build.mjs';
import { lineFile } from '../../../src/cli/evaluate/files';
import { judgeBy } from '../../../src/cli/evaluate/judge';
import { readEvaluationPlan } from '../../../src/cli/evaluate/plan';
import { controlResults, judgeControls, readPeopleFile, spoilt } from '../../../src/lib/metrics';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');
const { values, positionals } = parseArgs({
  options: {
    judge: { type: 'string', default: 'native' },
    dialogues: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
  },
  allowPositionals: true,
});
const [file] = positionals;
if (file === undefined) throw new Error('Name a file of dialogue records.');
const { judge } = readEvaluationPlan([file, '--judge', values.judge]);
if (judge === null) throw new Error('No judge was named.');
const seed = Number(values.seed);
const say = (line: string) => process.stderr.write(`${line}\n`);
const { dialogues } = await readPeopleFile(await lineFile(file), 'movies');
const originals = dialogues
  .filter(({ turns }) => turns.length >= 4)
  .slice(0, Number(values.dialogues));
const all = originals.flatMap((one) => [
  one,
  ...judgeControls.map((control) => spoilt(one, control, seed)),
]);
const judged = await judgeBy(judge, all, {
  ...{ root, seed, onStage: say, buildSite: () => build(root, say) },
  onProgress: ({ done, total }) => {
    if (done % 100 === 0) say(`${String(done)} of ${String(total)}`);
  },
  signal: new AbortController().signal,
});
const controls = controlResults(originals, judged, seed);
const record = { judge: judged.info, dialogues: originals.length, controls };
writeFileSync(join(root, 'test/bars/eval/judge.json'), `${JSON.stringify(record, null, 2)}\n`);
for (const { control, n, above, same, difference, p } of controls) {
  process.stdout.write(
    `${control}: original above in ${String(above)} of ${String(n)}, same in ${String(same)}, ` +
      `difference ${difference?.toFixed(3) ?? 'unknown'}, p ${p?.toFixed(3) ?? 'unknown'}\n`,
  );
}
