import { MLCEngine, type LogitProcessor } from '@mlc-ai/web-llm';
import type { LoadProgress, ModelManifest } from '../../contracts/engine';
import type { Artifact } from '../artifact';
import { chatmlTemplate } from '../chatml';
import { createVerifiedCaches } from './verified-caches';

/** Where web-llm believes a model's files to be. No request for it ever leaves the worker. */
function virtualFiles({ manifest, files }: Artifact): { model: string; urls: Map<string, Blob> } {
  const base = new URL(`/verified/${manifest.hash}/`, globalThis.location.origin).href;
  const urls = new Map<string, Blob>();
  for (const { path } of manifest.files) {
    const file = files.get(path);
    if (file) urls.set(new URL(path, base).href, file);
  }
  return { model: `${base}resolve/main/`, urls };
}

/**
 * web-llm with the verified files of `artifact` on the GPU. From now on `caches` of this worker holds those files and
 * nothing else; the library, which web-llm does not cache for every address, is handed over as a blob. A logit
 * processor costs a copy of all logits a token; measurements use one.
 */
export async function startWebLlm(
  artifact: Artifact,
  onProgress?: (progress: LoadProgress) => void,
  logitProcessor?: LogitProcessor,
): Promise<MLCEngine> {
  const { manifest, chatConfig } = artifact;
  const { model, urls } = virtualFiles(artifact);
  Object.defineProperty(globalThis, 'caches', {
    value: createVerifiedCaches(urls),
    configurable: true,
  });
  const library = URL.createObjectURL(libraryBlob(artifact));
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const engine = new MLCEngine({
    logLevel: 'ERROR',
    initProgressCallback: ({ progress, timeElapsed }) =>
      onProgress?.({
        phase: 'prepare',
        done: Math.round(progress * total),
        total,
        secondsLeft: progress > 0.05 ? (timeElapsed / progress) * (1 - progress) : null,
      }),
    ...(logitProcessor ? { logitProcessorRegistry: new Map([[manifest.id, logitProcessor]]) } : {}),
    appConfig: {
      cacheBackend: 'cache',
      model_list: [
        {
          model,
          model_id: manifest.id,
          model_lib: library,
          overrides: {
            conv_template: chatmlTemplate(chatConfig.stopTokens),
            context_window_size: chatConfig.contextLength,
          },
        },
      ],
    },
  });
  try {
    await engine.reload(manifest.id);
  } finally {
    URL.revokeObjectURL(library);
  }
  return engine;
}

function libraryBlob({ manifest, files }: { manifest: ModelManifest; files: Artifact['files'] }) {
  const library = files.get(manifest.library.path);
  if (!library) throw new Error(`${manifest.library.path} was not loaded`);
  return library;
}
