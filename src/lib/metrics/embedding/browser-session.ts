import * as runtime from 'onnxruntime-web/wasm';
import moduleUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import type { EncoderSession } from './onnx-encoder';
import { startOnnxSession } from './onnx-session';

/** More threads do not help a small network. */
const mostThreads = 4;

/** The encoder in this worker: threads where the page is cross-origin isolated, all files from the site itself. */
export function startBrowserSession(lower: Uint8Array, upper: Uint8Array): Promise<EncoderSession> {
  const here = (url: string) => new URL(url, import.meta.url).href;
  runtime.env.wasm.wasmPaths = { mjs: here(moduleUrl), wasm: here(wasmUrl) };
  runtime.env.wasm.numThreads = globalThis.crossOriginIsolated
    ? Math.min(navigator.hardwareConcurrency || 1, mostThreads)
    : 1;
  return startOnnxSession(runtime, lower, upper);
}
