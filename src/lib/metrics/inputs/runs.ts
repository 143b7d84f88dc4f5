import type { Dialogue } from '../../contracts/dialogue';
import { LabError } from '../../contracts/errors';
import { streamDialogues } from '../../store/jsonl';
import { hashed, type Breathe, type LineFile, type SourceFile } from './source';

/**
 * Dialogues of a run's file. A file that cannot be read to its end, is no text of lines, or has lines that are no
 * records is told of and hurts no other file: whole records before the bad place count.
 */
export async function readRunFile(
  source: LineFile,
  breathe?: Breathe,
): Promise<{ dialogues: readonly Dialogue[]; file: SourceFile }> {
  const { bytes, hash } = hashed(source);
  const dialogues: Dialogue[] = [];
  const problems: { line: number; reason: string }[] = [];
  let sha256 = '';
  try {
    for await (const read of streamDialogues(bytes)) {
      if (read.ok) dialogues.push(read.dialogue);
      else problems.push({ line: read.line, reason: read.reason });
      await breathe?.();
    }
    sha256 = hash();
    if (dialogues.length === 0 && problems.length === 0) {
      problems.push({ line: 1, reason: 'The file holds no dialogue.' });
    }
  } catch (reason) {
    if (!(reason instanceof LabError)) throw reason;
    problems.push({ line: 0, reason: reason.message });
  }
  return { dialogues, file: { name: source.name, sha256, records: dialogues.length, problems } };
}

/** The one domain of some dialogues; `null` of none. Errors: `bad-input` when there are several. */
export function domainOf(dialogues: readonly Dialogue[], how: string): string | null {
  const domains = [...new Set(dialogues.map(({ domain }) => domain))];
  if (domains.length > 1) {
    throw new LabError(
      'bad-input',
      `The dialogues are of several domains: ${domains.join(', ')}. Evaluate one at a time: ${how}`,
    );
  }
  return domains[0] ?? null;
}
