import type { LoadProgress, ManifestFile, ModelManifest } from '../../contracts/engine';
import { LabError } from '../../contracts/errors';
import { parseManifest } from '../manifest';
import type { FileCache } from './cache';
import { PhaseProgress } from './progress';
import type { FileSource } from './source';
import { readVerified, type Bytes } from './verify';

export interface FileAccess {
  source: FileSource;
  /** Absent where nothing can be kept. */
  cache?: FileCache | undefined;
}

/** Largest manifest that is read (bytes); the manifest itself has no hash to hold it against. */
const manifestLimit = 1 << 20;

/** The manifest at `location`. Errors: `model-missing`, `model-corrupt`. */
export async function loadManifest(
  { source }: FileAccess,
  location: string,
  signal?: AbortSignal,
): Promise<ModelManifest> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of await source.open(location, signal)) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > manifestLimit) break;
  }
  let json: unknown;
  try {
    json = JSON.parse(text + decoder.decode());
  } catch (reason) {
    throw new LabError(
      'model-corrupt',
      `The model manifest ${location} is not JSON. Check the address, or build the model again.`,
      reason instanceof Error ? reason.message : String(reason),
    );
  }
  return parseManifest(json);
}

/** A file of a manifest and where it lies. */
export interface LocatedFile extends ManifestFile {
  location: string;
}

/**
 * Files of a model, each held against its SHA-256 before anyone sees it: from the cache where it has them, else
 * from the source (and then kept). A damaged cache entry is dropped and fetched again. `use` gets each file in turn,
 * so that not all need be in memory at once.
 */
export async function loadFiles(
  access: FileAccess,
  files: readonly LocatedFile[],
  use: (file: LocatedFile, bytes: Bytes) => void,
  onProgress?: (progress: LoadProgress) => void,
  signal?: AbortSignal,
): Promise<void> {
  const { source, cache } = access;
  const kept: LocatedFile[] = [];
  const absent: LocatedFile[] = [];
  for (const file of files) ((await cache?.has(file.sha256)) ? kept : absent).push(file);

  const download = async (file: LocatedFile, progress: PhaseProgress): Promise<void> => {
    const chunks = await source.open(file.location, signal);
    const bytes = await readVerified(file, chunks, (count) => progress.add(count), signal);
    await cache?.put(file.sha256, bytes);
    use(file, bytes);
  };
  const fromCache = async (file: LocatedFile, progress: PhaseProgress): Promise<boolean> => {
    const chunks = await cache?.open(file.sha256);
    if (!chunks) return false;
    let bytes: Bytes;
    try {
      bytes = await readVerified(file, chunks, (count) => progress.add(count), signal);
    } catch (reason) {
      if (!(reason instanceof LabError)) throw reason;
      await cache?.remove(file.sha256);
      return false;
    }
    use(file, bytes);
    return true;
  };
  const sum = (some: readonly LocatedFile[]): number =>
    some.reduce((total, file) => total + file.bytes, 0);

  if (kept.length) {
    const progress = new PhaseProgress('verify', sum(kept), onProgress);
    for (const file of kept) if (!(await fromCache(file, progress))) absent.push(file);
  }
  if (absent.length) {
    const progress = new PhaseProgress('download', sum(absent), onProgress);
    for (const file of absent) await download(file, progress);
  }
}
