import { createHash } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import { mergeRatings, unionSheets, type MergedRatings, type SourceFile } from '../../lib/metrics';
import { readRatings, writeRatings, type RatingsFile } from '../../lib/store';

/** Raters' files as one, and where they came from. */
export interface GivenRatings {
  merged: MergedRatings;
  files: readonly SourceFile[];
}

/** Whether a file holds raters' answers: such files may stand among the runs. False for what cannot be read. */
export async function holdsRatings(path: string): Promise<boolean> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
      return buffer.subarray(0, bytesRead).toString('utf8').includes('"kind":"interplay-ratings"');
    } finally {
      await file.close();
    }
  } catch {
    // Whoever reads it as a run says what is wrong with it.
    return false;
  }
}

/** Reads and merges raters' files. Errors: `bad-input`, naming the file. */
export async function readRatingFiles(paths: readonly string[]): Promise<GivenRatings> {
  const read: RatingsFile[] = [];
  const files: SourceFile[] = [];
  for (const path of paths) {
    const bytes = await readFile(path).catch((reason: unknown) => {
      throw new LabError(
        'bad-input',
        `${path} cannot be read. Check the name and try again.`,
        reason instanceof Error ? reason.message : String(reason),
      );
    });
    const name = basename(path);
    const file = readRatings(bytes.toString('utf8'), name);
    read.push(file);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ name, sha256, records: file.sheets.length, problems: file.problems });
  }
  const merged = mergeRatings(read);
  const problems = new Map(merged.refused.map(({ name, reason }) => [name, reason]));
  return {
    merged,
    files: files.map((file) => {
      const reason = problems.get(file.name);
      return reason === undefined ? file : { ...file, problems: [{ line: 0, reason }] };
    }),
  };
}

/** Writes the sheets of all raters as one file. Error: `storage-unavailable`. */
export async function writeMerged(
  path: string,
  paths: readonly string[],
  merged: MergedRatings,
): Promise<void> {
  const refused = new Set(merged.refused.map(({ name }) => name));
  const own = paths.filter((one) => !refused.has(basename(one)));
  const texts = await Promise.all(own.map((one) => readFile(one, 'utf8')));
  const sheets = texts.flatMap((text, i) => readRatings(text, own[i] ?? '').sheets);
  try {
    await writeFile(path, writeRatings(merged.plan, unionSheets(sheets)));
  } catch (reason) {
    throw new LabError(
      'storage-unavailable',
      `The merged answers cannot be written to ${path}. Choose another place with --merged.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}
