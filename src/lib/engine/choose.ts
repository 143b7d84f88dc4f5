/** What a browser offers to run a model on. */
export interface BrowserAbilities {
  /** The WebGPU adapter's name as `adapterName` gives it; `null` without WebGPU or without an adapter. */
  adapter: string | null;
  /** Whether `navigator.gpu` exists. */
  webgpu: boolean;
  /** The adapter computes on the processor. */
  software: boolean;
  /** WebAssembly with 64-bit memory, which the WebAssembly engine needs. */
  wasm: boolean;
  /** Cross-origin isolated: the WebAssembly engine may use threads. */
  isolated: boolean;
}

export interface EngineChoice {
  kind: 'webgpu' | 'wasm';
  /** Why, as a sentence for the page. */
  reason: string;
  /** False when this browser cannot run it; the reason says so. */
  possible: boolean;
}

/** Which engine to use: as the user wishes, else WebGPU on a real GPU, else WebAssembly. */
export function chooseEngine(
  able: BrowserAbilities,
  wish: 'auto' | 'webgpu' | 'wasm' = 'auto',
): EngineChoice {
  const noGpu = able.webgpu
    ? 'This browser has WebGPU, but no adapter that it may use'
    : 'This browser has no WebGPU';
  const noWasm =
    'This browser has no WebAssembly with 64-bit memory; a current Chrome, Edge or Firefox has';
  const threads = able.isolated
    ? ''
    : ' The page is not cross-origin isolated, so it runs on one thread.';
  if (wish === 'webgpu')
    return able.adapter === null
      ? { kind: 'webgpu', possible: false, reason: `${noGpu}. Choose WebAssembly.` }
      : { kind: 'webgpu', possible: true, reason: `Chosen by hand: WebGPU on ${able.adapter}.` };
  if (wish === 'wasm')
    return able.wasm
      ? { kind: 'wasm', possible: true, reason: `Chosen by hand: WebAssembly.${threads}` }
      : { kind: 'wasm', possible: false, reason: `${noWasm}.` };
  if (able.adapter !== null && (!able.software || !able.wasm))
    return { kind: 'webgpu', possible: true, reason: `WebGPU on ${able.adapter}.` };
  if (!able.wasm) return { kind: 'wasm', possible: false, reason: `${noGpu}, and: ${noWasm}.` };
  const reason =
    able.adapter === null
      ? `${noGpu}: WebAssembly runs the same model on the processor.`
      : `Software adapter only (${able.adapter}): WebAssembly is faster here.`;
  return { kind: 'wasm', possible: true, reason: `${reason}${threads}` };
}
