import type { LoadProgress, ModelManifest } from '../../contracts/engine';
import { loadFiles, type FileAccess, type LocatedFile } from './load';
import { noRoom } from './shelf';

/** All files of a model and where they lie, the WebGPU library too. @param location of its manifest */
export function filesOf(
  { source }: FileAccess,
  manifest: ModelManifest,
  location: string,
): { weights: readonly LocatedFile[]; library: LocatedFile } {
  return {
    weights: manifest.files.map((file) => ({
      ...file,
      location: source.resolve(file.path, location),
    })),
    library: {
      ...manifest.library,
      location: source.resolve(`../${manifest.library.path}`, location),
    },
  };
}

/**
 * Fetches and verifies files, and has them kept by the browser. Errors: those of `loadFiles`, `storage-full` when one
 * of them could not be kept.
 */
export async function keepFiles(
  access: FileAccess,
  files: readonly LocatedFile[],
  onProgress?: (progress: LoadProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  await loadFiles(access, files, () => undefined, onProgress, signal);
  for (const { sha256 } of files) if (!(await access.cache?.has(sha256))) throw noRoom();
}
