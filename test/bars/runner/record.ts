import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';

/** Which bar: the numbers of the core and of the pair are each their own. */
export interface BarKey {
  set?: 'pair' | 'app' | 'eval';
  number: number;
}

/** "3", "pair-3". */
export function keyText({ set, number }: BarKey): string {
  return set === undefined ? String(number) : `${set}-${String(number)}`;
}

/** What a bar came to, as test/bars/bar-N.json or test/bars/pair/bar-N.json keeps it. */
export interface BarRecord {
  bar: number | string;
  title: string;
  passed: boolean;
  /** The measured figures, in the order in which the table shows them. */
  figures: Readonly<Record<string, number | string>>;
  /** How many things the figures are of, in words. */
  n: string;
  seed: number | null;
  machine: string;
  command: string;
  /** Day of the measurement. */
  date: string;
  seconds: number;
  /** Hash of what the result depends on. */
  inputs: string;
  /** Every number with its interval, N and what was left out. */
  detail?: unknown;
}

export function machineText(): string {
  const [first] = cpus();
  return `${String(cpus().length)} cores, ${first?.model.trim() ?? 'unknown'}`;
}

export function recordPath(root: string, { set, number }: BarKey): string {
  return join(root, 'test', 'bars', set ?? '', `bar-${String(number)}.json`);
}

export function readRecord(root: string, bar: BarKey): BarRecord | null {
  const path = recordPath(root, bar);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as BarRecord) : null;
}

export function writeRecord(root: string, bar: BarKey, record: BarRecord): void {
  writeFileSync(recordPath(root, bar), `${JSON.stringify(record, null, 2)}\n`);
}

/** A hash of the content of files and folders, named relative to the root. */
export function hashInputs(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of [...paths].sort()) {
    const whole = join(root, path);
    if (!existsSync(whole)) continue;
    const files = statSync(whole).isDirectory()
      ? readdirSync(whole, { recursive: true, encoding: 'utf8' })
          .map((file) => join(whole, file))
          .filter((file) => statSync(file).isFile())
          .sort()
      : [whole];
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}
