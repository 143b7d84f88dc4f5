import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Where a folder of dialogues is kept beside the bars: of one set, under the hash of what decides what is said. */
const keptPath = (root: string, folder: string) =>
  join(root, 'test', 'bars', 'kept', basename(dirname(folder)), basename(folder));

/**
 * Brings back the dialogues of an interrupted measurement, of another machine too, where this one has none.
 *
 * @param folder `runs/bars/SET/HASH`
 */
export function restoreKept(root: string, folder: string): void {
  const kept = keptPath(root, folder);
  if (!existsSync(kept)) return;
  mkdirSync(join(root, folder), { recursive: true });
  for (const name of readdirSync(kept)) {
    const to = join(root, folder, name.replace(/\.gz$/, ''));
    if (!existsSync(to)) writeFileSync(to, gunzipSync(readFileSync(join(kept, name))));
  }
}

/** Keeps a folder's dialogues, `*.jsonl`, compressed, in the place of those of an earlier hash; profiles are made anew. */
export function keepDialogues(root: string, folder: string): void {
  if (!existsSync(join(root, folder))) return;
  const kept = keptPath(root, folder);
  const names = readdirSync(join(root, folder)).filter(
    (name) => name.endsWith('.jsonl') && !/^profiles-|\.planned\.jsonl$/.test(name),
  );
  if (names.length === 0) return;
  mkdirSync(kept, { recursive: true });
  for (const other of readdirSync(dirname(kept))) {
    if (other !== basename(kept)) rmSync(join(dirname(kept), other), { recursive: true });
  }
  for (const name of names) {
    writeFileSync(join(kept, `${name}.gz`), gzipSync(readFileSync(join(root, folder, name))));
  }
}
