import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createFolderSource } from '../../lib/engine/native/files';
import type { TextEncoder } from '../../lib/metrics';
import { findEncoder } from '../../lib/metrics/embedding/find-encoder';
import { startOnnxSession } from '../../lib/metrics/embedding/onnx-session';

/** More threads do not help a small network. */
const mostThreads = 4;

/** Folder of the encoder that ships. @param root of the project */
export const shippedEncoder = (root: string): string =>
  join(root, 'static', 'encoders', 'minilm-l6-int8');

/** The encoder of a folder, run by WebAssembly as in the page. Errors: those of `findEncoder`. */
export async function openEncoder(
  folder: string,
  signal?: AbortSignal,
  threads = Math.min(availableParallelism(), mostThreads),
): Promise<TextEncoder> {
  const found = await findEncoder(
    { source: createFolderSource() },
    async (lower, upper) => {
      // Loaded here, so that whoever needs no encoder does not wait for it.
      const runtime = await import('onnxruntime-web');
      runtime.env.wasm.numThreads = threads;
      return startOnnxSession(runtime, lower, upper);
    },
    join(folder, 'manifest.json'),
    signal,
  );
  return found.open(signal);
}
