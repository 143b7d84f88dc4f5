import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LabError } from '../lib/contracts/errors';
import { guarded } from './exit';
import { helpText, readOptions, textOf, type Flags } from './options';
import { durationText } from './simulate/progress';
import { sum, type Counts } from './tasks/counts';
import { stagesOf, type Stage } from './tasks/stages';

const flags: Flags = {
  only: { value: 'NAMES', help: 'some stages only, with commas between' },
};

/** `npm test`: every stage, then one line with the sum. Exit code 1 when anything failed. */
export function main(args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const given = readOptions(args, flags);
    const reports = await mkdtemp(join(tmpdir(), 'interplay-test-'));
    const say = (line: string) => process.stdout.write(`${line}\n`);
    try {
      const stages = stagesOf({ root, reports, say });
      if (given['help'] === true) {
        say(
          helpText(
            'npm test -- [options]',
            `Stages: ${stages.map(({ name }) => name).join(', ')}`,
            flags,
          ),
        );
        return 0;
      }
      return await runStages(chosen(stages, textOf(given, 'only')), say);
    } finally {
      await rm(reports, { recursive: true, force: true });
    }
  });
}

function chosen(stages: readonly Stage[], only: string | undefined): readonly Stage[] {
  if (only === undefined) return stages;
  const names = only.split(',');
  const unknown = names.find((name) => !stages.some((stage) => stage.name === name));
  if (unknown !== undefined) {
    const known = stages.map(({ name }) => name).join(', ');
    throw new LabError('bad-config', `There is no stage "${unknown}". There are: ${known}.`);
  }
  return stages.filter(({ name }) => names.includes(name));
}

async function runStages(stages: readonly Stage[], say: (line: string) => void): Promise<number> {
  const rows: { name: string; counts: Counts; seconds: number }[] = [];
  for (const stage of stages) {
    say(`\n== ${stage.name}`);
    const started = Date.now();
    const counts = await crashCounts(stage, say);
    rows.push({ name: stage.name, counts, seconds: (Date.now() - started) / 1000 });
  }
  say('');
  for (const { name, counts, seconds } of rows) {
    const figures = `${String(counts.passed)} passed, ${String(counts.failed)} failed`;
    say(`${name.padEnd(16)}${figures.padEnd(26)}${durationText(seconds)}`);
  }
  // Once more at the end, where a log that was cut still has it.
  for (const { name, counts } of rows) {
    for (const failure of counts.failures ?? []) say(`\n${name}: ${failure}`);
  }
  const { passed, failed } = sum(rows.map(({ counts }) => counts));
  say(`\n${String(passed)} passed, ${String(failed)} failed`);
  return failed === 0 ? 0 : 1;
}

/** A stage that crashes has failed; the others still run. */
async function crashCounts(stage: Stage, say: (line: string) => void): Promise<Counts> {
  let counts: Counts = { passed: 0, failed: 1 };
  const code = await guarded(async () => {
    counts = await stage.run();
    return 0;
  });
  if (code !== 0) say(`${stage.name} crashed.`);
  return counts;
}
