import { guarded } from './exit';
import { checksOf } from './tasks/checks';

/** `npm run check`: every static check; the exit code is 1 when one found fault. */
export function main(_args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const say = (line: string) => process.stderr.write(`${line}\n`);
    const failed: string[] = [];
    for (const check of checksOf(root, say)) {
      if ((await check.run()) !== 0) failed.push(check.name);
    }
    say(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
    return failed.length === 0 ? 0 : 1;
  });
}
