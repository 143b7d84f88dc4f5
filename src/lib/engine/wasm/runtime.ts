import { Wllama, type RawCompletionChunk } from '@wllama/wllama/esm/index.js';
import wasmUrl from '@wllama/wllama/esm/wasm/wllama.wasm?url';
import { LabError } from '../../contracts/errors';

/** Most threads that help a small model; more only compete. */
const mostThreads = 8;

/**
 * Threads that this worker should use: without cross-origin isolation there is no shared memory, hence one. A core is
 * left to everything else: one thread that has to wait for its turn holds up all others some hundred times a token.
 */
export function threadCount(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.min(Math.max(1, (navigator.hardwareConcurrency || 1) - 1), mostThreads);
}

const quiet = {
  debug: () => undefined,
  log: () => undefined,
  warn: () => undefined,
  // Errors also reject the call that met them; there they get a message.
  error: () => undefined,
};

function unavailable(detail: string): LabError {
  return new LabError(
    'engine-unavailable',
    'This browser cannot run the WebAssembly engine: it needs WebAssembly with 64-bit memory, exceptions and SIMD. Use a current Chrome, Edge or Firefox.',
    detail,
  );
}

/** wllama waits for ever where its program cannot be fetched, as without a network. */
async function mustBeThere(program: string): Promise<void> {
  let detail: string;
  try {
    const response = await fetch(program);
    await response.body?.cancel();
    if (response.ok) return;
    detail = `${String(response.status)} ${response.statusText}`;
  } catch (reason) {
    detail = reason instanceof Error ? reason.message : String(reason);
  }
  throw new LabError(
    'engine-unavailable',
    'The WebAssembly engine’s program could not be loaded. Without a network it is there only where it has run before: connect once, then try again.',
    detail,
  );
}

/** llama.cpp in WebAssembly with the model in `gguf`. Errors: `engine-unavailable`, `model-incompatible`. */
export async function startWllama(
  gguf: Blob,
  contextLength: number,
  threads: number,
): Promise<Wllama> {
  const program = new URL(wasmUrl, import.meta.url).href;
  await mustBeThere(program);
  const wllama = new Wllama({ default: program }, { suppressNativeLog: true, logger: quiet });
  // The compatibility build would come from a CDN; nothing here loads from elsewhere.
  wllama.setCompat(null);
  try {
    await wllama.loadModel([gguf], {
      n_ctx: contextLength,
      n_batch: 512,
      n_ubatch: 512,
      n_parallel: 1,
      n_gpu_layers: 0,
      n_threads: threads,
      // As web-llm's cache. In 16 bit the near ties fall another way: 17 of 200 top tokens change (test/bars).
      cache_type_k: 'f32',
      cache_type_v: 'f32',
      flash_attn: false,
      ctx_shift: false,
      n_cache_reuse: 0,
      warmup: false,
    });
  } catch (reason) {
    await wllama.exit();
    throw unavailable(reason instanceof Error ? reason.message : String(reason));
  }
  // wllama resolves even when llama.cpp refused the file.
  if (wllama.getLoadedContextInfo().n_vocab === 0) {
    await wllama.exit();
    throw new LabError(
      'model-incompatible',
      'The WebAssembly engine cannot read this model. Run it on WebGPU, or choose another model.',
    );
  }
  return wllama;
}

/** wllama's chunks, with the fields that its types leave out. */
export type Chunk = RawCompletionChunk;
