import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { missingFile, type FileSource } from '../files/source';

/** Files of a folder. Locations are paths. Node only. */
export function createFolderSource(): FileSource {
  return {
    resolve: (path, base) => join(dirname(base), path),
    async open(location, signal) {
      try {
        await (await open(location)).close();
      } catch (reason) {
        throw missingFile(location, reason instanceof Error ? reason.message : String(reason));
      }
      return createReadStream(location, signal ? { signal } : {}) as AsyncIterable<Uint8Array>;
    },
  };
}

/** Lower-case hex SHA-256 of a file; `undefined` if it does not exist. */
export async function hashFile(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  } catch (reason) {
    if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw reason;
  }
  return hash.digest('hex');
}
