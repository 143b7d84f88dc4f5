import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Artifact } from '../artifact';
import { artifactAsGguf } from '../gguf/artifact';
import { hashFile } from './files';

/** Raise when the repacked file changes for the same weights. */
const formatVersion = 1;

export const defaultCacheFolder = (): string => join(tmpdir(), 'interplay-lab');

/**
 * Path of the artifact as a GGUF file, made if it is not there yet. The name carries the model's hash, and a note
 * beside the file its own hash, which is checked before the file is used again.
 */
export async function ggufPath(artifact: Artifact, folder = defaultCacheFolder()): Promise<string> {
  const path = join(folder, `${artifact.manifest.hash}-v${formatVersion}.gguf`);
  const note = await readFile(`${path}.sha256`, 'utf8').catch(() => undefined);
  if (note !== undefined && note === (await hashFile(path))) return path;
  const bytes = await artifactAsGguf(artifact);
  await mkdir(folder, { recursive: true });
  // Renamed when whole, so that a second process never reads half a file.
  const part = `${path}.${process.pid}.part`;
  await writeFile(part, bytes);
  await rename(part, path);
  await writeFile(`${path}.sha256`, createHash('sha256').update(bytes).digest('hex'));
  return path;
}
