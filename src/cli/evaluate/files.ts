import { createReadStream } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { basename } from 'node:path';
import { LabError } from '../../lib/contracts/errors';
import type { LineFile } from '../../lib/metrics';

/** A file of the disk to read lines of. Error: `bad-input` when it is not there or may not be read. */
export async function lineFile(path: string): Promise<LineFile> {
  try {
    await access(path, constants.R_OK);
  } catch (reason) {
    throw new LabError(
      'bad-input',
      `${path} cannot be read. Check the name and try again.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
  return { name: basename(path), open: () => createReadStream(path) as AsyncIterable<Buffer> };
}
