import { runChecks } from './tasks/checks';

/** `npm run check`: every static check; the exit code is 1 when one found fault. */
export async function main(_args: readonly string[], root: string): Promise<number> {
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const results = await runChecks(root, say);
  const failed = results.filter(({ code }) => code !== 0).map(({ name }) => name);
  say(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
  return failed.length === 0 ? 0 : 1;
}
