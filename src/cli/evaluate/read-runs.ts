import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import type { Dialogue } from '../../lib/contracts/dialogue';
import { LabError } from '../../lib/contracts/errors';
import type { Provenance } from '../../lib/report';
import { readDialogues } from '../../lib/store/jsonl';

export type SourceFile = Provenance['files'][number];

/** The bytes of a file as they are read, and their hash when all were. */
export function hashedFile(path: string): { bytes: AsyncIterable<Uint8Array>; hash(): string } {
  const hash = createHash('sha256');
  async function* bytes(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    } catch (reason) {
      if (reason instanceof LabError) throw reason;
      throw new LabError(
        'bad-input',
        `${path} cannot be read. Check the name and try again.`,
        reason instanceof Error ? reason.message : String(reason),
      );
    }
  }
  return { bytes: bytes(), hash: () => hash.digest('hex') };
}

/**
 * Dialogues of a run's file. A file that is no text of lines, or lines that are no records, are told of and hurt
 * no other file. Error: `bad-input` when the file cannot be read at all.
 */
export async function readRun(
  path: string,
): Promise<{ dialogues: readonly Dialogue[]; file: SourceFile }> {
  const { bytes, hash } = hashedFile(path);
  const name = basename(path);
  try {
    const { dialogues, problems } = await readDialogues(bytes);
    const isEmpty = dialogues.length === 0 && problems.length === 0;
    return {
      dialogues,
      file: {
        name,
        sha256: hash(),
        records: dialogues.length,
        problems: isEmpty ? [{ line: 1, reason: 'The file holds no dialogue.' }] : problems,
      },
    };
  } catch (reason) {
    if (!(reason instanceof LabError) || /cannot be read/.test(reason.message)) throw reason;
    return {
      dialogues: [],
      file: { name, sha256: '', records: 0, problems: [{ line: 0, reason: reason.message }] },
    };
  }
}
