import { build } from './bootstrap/build.mjs';
import { exitCodeOf, exitCodes, guarded } from './exit';
import { interruptSignal } from './interrupt';
import { helpText } from './options';
import { simulateFlags } from './simulate/flags';
import { readPlan } from './simulate/plan';
import { simulate, type SimulationResult } from './simulate/run';
import { summaryOf, summaryText } from './simulate/summary';

const about =
  'Lets a user simulator and a recommender talk, and writes the dialogues as JSON Lines. Running the same\n' +
  'command again goes on where it ended.';

/** `npm run simulate`: many dialogues without a page. */
export function main(args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const plan = readPlan(args, process.env);
    if (plan.help) {
      process.stdout.write(helpText('npm run simulate -- [options]', about, simulateFlags));
      return exitCodes.ok;
    }
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const result = await simulate({
      plan,
      root,
      cwd: process.env['INIT_CWD'] ?? process.cwd(),
      stderr: process.stderr,
      buildSite: () => build(root, say),
      signal: interruptSignal(say),
      clock: Date.now,
    });
    const summary = summaryOf(result);
    process.stdout.write(plan.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    return exitOf(result, say);
  });
}

function exitOf(
  { interrupted, failure, dialogues }: SimulationResult,
  say: (line: string) => void,
): number {
  if (interrupted) return exitCodes.interrupted;
  if (failure !== null) {
    const detail = failure.detail === undefined ? '' : `\n  ${failure.detail}`;
    say(`${failure.message}${detail}\n  (${failure.code})`);
    return exitCodeOf(failure.code);
  }
  const failed = dialogues.flatMap(({ outcome }) => outcome?.error ?? []);
  const [first] = failed;
  if (first === undefined) return exitCodes.ok;
  say(
    `${String(failed.length)} dialogues failed: ${first.message}\nRun the command again to hold them again.`,
  );
  return exitCodeOf(first.code);
}
