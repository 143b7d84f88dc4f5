import { appendFile, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Dialogue } from '../../lib/contracts/dialogue';
import { LabError } from '../../lib/contracts/errors';
import { readDialogue, writeDialogue } from '../../lib/store/jsonl';

/** What an output file already holds. */
export interface HeldDialogues {
  /** Finished dialogues that need not be held again, by id. */
  dialogues: ReadonlyMap<string, Dialogue>;
  /** Failed dialogues that were taken out, to be held again. */
  retried: number;
  /** Where a half-written last line was put; `null` when there was none. */
  movedTo: string | null;
}

/**
 * Opens an output file to go on with it. A last line that was cut off by a crash is moved aside; failed
 * dialogues are taken out, so that they are held again.
 *
 * Errors: `bad-input` for any other line that is no record; `storage-unavailable` when the file cannot be
 * read or written.
 */
export async function openRunFile(path: string): Promise<HeldDialogues> {
  return onDisk(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    const text = await readText(path);
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const whole: Dialogue[] = [];
    let cutOff: string | null = null;
    for (const [i, line] of lines.entries()) {
      const read = readDialogue(line);
      if (read.ok) whole.push(read.dialogue);
      else if (i === lines.length - 1 && !text.endsWith('\n')) cutOff = line;
      else throw badLine(path, i + 1, read.reason);
    }
    const kept = whole.filter((dialogue) => dialogue.outcome?.status !== 'failed');
    const movedTo = cutOff === null ? null : `${path}.cut-off`;
    if (cutOff !== null && movedTo !== null) await appendFile(movedTo, `${cutOff}\n`);
    if (cutOff !== null || kept.length < whole.length || (text !== '' && !text.endsWith('\n'))) {
      await replaceFile(path, kept.map((dialogue) => `${writeDialogue(dialogue)}\n`).join(''));
    }
    return {
      dialogues: new Map(kept.map((dialogue) => [dialogue.id, dialogue])),
      retried: whole.length - kept.length,
      movedTo,
    };
  });
}

/** Adds a finished dialogue, on the disk when the promise resolves. Error: `storage-unavailable`. */
export async function addDialogue(path: string, dialogue: Dialogue): Promise<void> {
  const line = `${writeDialogue(dialogue)}\n`;
  await onDisk(path, async () => {
    const file = await open(path, 'a');
    try {
      await file.writeFile(line);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    if (codeOf(reason) === 'ENOENT') return '';
    throw reason;
  }
}

/** All or nothing: a crash leaves the old file or the new one. */
async function replaceFile(path: string, text: string): Promise<void> {
  const next = `${path}.next`;
  try {
    await writeFile(next, text, { flush: true });
    await rename(next, path);
  } finally {
    await rm(next, { force: true });
  }
}

async function onDisk<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    if (reason instanceof LabError || codeOf(reason) === undefined) throw reason;
    const full = codeOf(reason) === 'ENOSPC';
    throw new LabError(
      full ? 'storage-full' : 'storage-unavailable',
      full
        ? `The disk is full: ${path} could not be written. Make room and run the command again.`
        : `The file ${path} cannot be read or written. Choose another with --out.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

function codeOf(reason: unknown): string | undefined {
  if (!(reason instanceof Error) || !('code' in reason)) return undefined;
  return typeof reason.code === 'string' ? reason.code : undefined;
}

function badLine(path: string, line: number, reason: string): LabError {
  return new LabError(
    'bad-input',
    `Line ${String(line)} of ${path} is not a dialogue, so the run cannot go on in it. ` +
      'Correct the file, or choose another with --out.',
    reason,
  );
}
