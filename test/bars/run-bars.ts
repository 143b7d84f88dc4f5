import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { durationText } from '../../src/cli/simulate/progress';
import { appBars } from './app/bars';
import { evalBars } from './eval/bars';
import { evalFlags, evalUsage, readEvalOptions, type ExperimentOptions } from './eval/options';
import { pairBars } from './pair/bars';
import { pairFlags, pairUsage, readPairOptions, type PairOptions } from './pair/options';
import { bars as coreBars, type Bar } from './runner/bars';
import { hashInputs, keyText, machineText, readRecord, writeRecord } from './runner/record';
import { writeTable } from './runner/table';

const usage = `Usage: npm run bars -- [--only 3,pair-4,pair] [--redial DIR] [--force]

Measures every bar whose inputs have changed since it was last measured, and writes test/bars/README.md.
  --only     some bars only, by number; those of the pair are pair-3, or pair for all of them;
             those of the app likewise app-3, app, eval-4, eval
  --redial   the folder of the ReDial data (train.jsonl, test.jsonl), which bars 7, pair-3, pair-5, pair-6 and eval-2 need
  --force    measure again what has not changed
${pairUsage}${evalUsage}`;

const bars: readonly Bar[] = [...coreBars, ...pairBars, ...appBars, ...evalBars];

/** `npm run bars`. The exit code is 1 when a bar that was measured failed. */
export async function main(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      redial: { type: 'string' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...pairFlags,
      ...evalFlags,
    },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const only = values.only?.split(',');
  const chosen = bars.filter(
    (bar) =>
      (only?.includes(keyText(bar)) ?? true) ||
      (bar.set !== undefined && only?.includes(bar.set) === true),
  );
  const pair = readPairOptions(values);
  const experiment = readEvalOptions(values);
  let failed = 0;
  for (const bar of chosen) {
    if (!(await settled(bar, root, values.redial ?? null, { pair, experiment }, values.force)))
      failed += 1;
    writeTable(root, sorted(bars));
  }
  process.stdout.write(
    `${String(chosen.length - failed)} of ${String(chosen.length)} bars hold.\n`,
  );
  return failed === 0 ? 0 : 1;
}

const sorted = (all: readonly Bar[]) => [...all].sort((a, b) => a.number - b.number);

/** Whether the bar holds, measured now or before. */
async function settled(
  bar: Bar,
  root: string,
  redial: string | null,
  options: { pair: PairOptions; experiment: ExperimentOptions },
  force: boolean,
): Promise<boolean> {
  const say = (text: string) => process.stdout.write(`bar ${keyText(bar)}: ${text}\n`);
  const inputs = hashInputs(root, bar.inputs);
  const held = readRecord(root, bar);
  if (held?.inputs === inputs && held.passed && !force) {
    say(`${bar.title}: holds since ${held.date}`);
    return true;
  }
  if (bar.needsRedial === true && redial === null) {
    say('not measured: it needs --redial');
    return held?.passed ?? false;
  }
  say(bar.title);
  const started = Date.now();
  try {
    const measured = await bar.measure(root, {
      redial,
      ...options,
      folder: join('runs', 'bars', inputs),
    });
    const seconds = Math.round((Date.now() - started) / 1000);
    const date = new Date().toISOString().slice(0, 10);
    writeRecord(root, bar, {
      bar: bar.set === undefined ? bar.number : keyText(bar),
      title: bar.title,
      ...measured,
      machine: machineText(),
      date,
      seconds,
      inputs,
    });
    say(`${measured.passed ? 'passed' : 'FAILED'} in ${durationText(seconds)}`);
    return measured.passed;
  } catch (reason) {
    say(`FAILED: ${reason instanceof Error ? reason.message : String(reason)}`);
    return false;
  }
}
