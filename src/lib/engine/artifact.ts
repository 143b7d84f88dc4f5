import type { LoadProgress, ModelManifest } from '../contracts/engine';
import { loadFiles, loadManifest, type FileAccess, type LocatedFile } from './files/load';
import { manifestFile } from './manifest';

/** A model's files, verified. Blobs: the browser may hold them outside the worker's memory. */
export interface Artifact {
  manifest: ModelManifest;
  /** Path in the manifest -> content. */
  files: ReadonlyMap<string, Blob>;
  /** mlc-chat-config.json. */
  chatConfig: ChatConfigFile;
}

/** What the engines read of mlc-chat-config.json; the rest is passed on as it is. */
export interface ChatConfigFile {
  text: string;
  /** Tokens that a prompt and its answer may have together. */
  contextLength: number;
  stopTokens: readonly number[];
}

/** The file of the model with this name in its last path segment, as text. */
export async function artifactText(artifact: Artifact, name: string): Promise<string> {
  return (await artifactBlob(artifact, name)).text();
}

/** The file of the model with this name in its last path segment. Error: `model-corrupt`. */
export function artifactBlob({ manifest, files }: Artifact, name: string): Blob {
  return files.get(manifestFile(manifest, name).path) as Blob;
}

function readChatConfig(text: string, manifest: ModelManifest): ChatConfigFile {
  const json = JSON.parse(text) as {
    context_window_size?: number;
    conv_template?: { stop_token_ids?: number[] };
  };
  const limit = manifest.architecture.contextLength;
  const compiled = json.context_window_size ?? limit;
  return {
    text,
    contextLength: compiled > 0 ? Math.min(compiled, limit) : limit,
    stopTokens: json.conv_template?.stop_token_ids ?? [],
  };
}

/**
 * Loads and verifies a model's files, with the WebGPU library if asked.
 * Errors: `model-missing`, `model-truncated`, `model-corrupt`.
 */
export async function loadArtifact(
  access: FileAccess,
  location: string,
  withLibrary: boolean,
  onProgress?: (progress: LoadProgress) => void,
  signal?: AbortSignal,
): Promise<Artifact> {
  const manifest = await loadManifest(access, location, signal);
  const located = manifest.files.map((file): LocatedFile => ({
    ...file,
    location: access.source.resolve(file.path, location),
  }));
  if (withLibrary)
    located.push({
      ...manifest.library,
      location: access.source.resolve(`../${manifest.library.path}`, location),
    });
  const files = new Map<string, Blob>();
  await loadFiles(
    access,
    located,
    (file, bytes) => files.set(file.path, new Blob([bytes])),
    onProgress,
    signal,
  );
  const config = files.get(manifestFile(manifest, 'mlc-chat-config.json').path) as Blob;
  return { manifest, files, chatConfig: readChatConfig(await config.text(), manifest) };
}
