import type { Dialogue } from '../contracts/dialogue';
import { LabError } from '../contracts/errors';
import { checkDialogue } from './record-check';
import { canonicalJson } from './canonical';
import { splitLines, type LineOptions, type LineSource } from './lines';

/** A line that is not a dialogue record, and why. Lines count from 1. */
export interface LineProblem {
  line: number;
  reason: string;
}

export type ReadLine =
  { line: number; ok: true; dialogue: Dialogue } | { line: number; ok: false; reason: string };

/**
 * A dialogue as one line of JSON without its line end. Keys stand in the schema's order, so equal
 * records are byte-identical. Reading the line gives an equal record.
 *
 * Errors: `internal` for a value that is no valid record: a file never holds what could not be read.
 */
export function writeDialogue(dialogue: Dialogue): string {
  const checked = checkDialogue(dialogue);
  if (!checked.ok) {
    throw new LabError(
      'internal',
      'A dialogue could not be written, because its record is not valid. Report the detail.',
      checked.reason,
    );
  }
  return canonicalJson(dialogue);
}

/** One line as a dialogue, or why it is none. Never throws. */
export function readDialogue(
  text: string,
): { ok: true; dialogue: Dialogue } | { ok: false; reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    return { ok: false, reason: `It is not JSON (${words}): the line may be cut off.` };
  }
  return checkDialogue(value);
}

/**
 * Every non-blank line of a JSONL text, one after the other, in constant memory.
 *
 * Errors: those of `splitLines`. A line that is no record is data, not an error.
 */
export async function* streamDialogues(
  source: LineSource,
  options: LineOptions = {},
): AsyncGenerator<ReadLine> {
  let line = 0;
  for await (const text of splitLines(source, options)) {
    line += 1;
    if (text.trim() !== '') yield { line, ...readDialogue(text) };
  }
}

/** All dialogues of a JSONL text, and what was wrong with the other lines. Errors: those of `splitLines`. */
export async function readDialogues(
  source: LineSource,
  options: LineOptions = {},
): Promise<{ dialogues: Dialogue[]; problems: LineProblem[] }> {
  const dialogues: Dialogue[] = [];
  const problems: LineProblem[] = [];
  for await (const read of streamDialogues(source, options)) {
    if (read.ok) dialogues.push(read.dialogue);
    else problems.push({ line: read.line, reason: read.reason });
  }
  return { dialogues, problems };
}
