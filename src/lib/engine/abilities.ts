import type { BrowserAbilities } from './choose';
import { adapterName } from './webgpu/device';

const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

function hasWasm(): boolean {
  try {
    // Both are newer than the type library.
    new WebAssembly.Memory({
      address: 'i64',
      initial: 1n,
    } as unknown as WebAssembly.MemoryDescriptor);
    return 'Suspending' in WebAssembly;
  } catch {
    // The engine's own condition: it throws where 64-bit memory is unknown.
    return false;
  }
}

/** Looks at the browser of this page or worker. */
export async function detectAbilities(): Promise<BrowserAbilities> {
  const gpu: GPU | undefined = typeof navigator === 'undefined' ? undefined : navigator.gpu;
  const adapter = (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null;
  const name = adapter && adapterName(adapter.info);
  return {
    webgpu: gpu !== undefined,
    adapter: name,
    software:
      adapter !== null &&
      (adapter.info.isFallbackAdapter || (name !== null && softwareNames.test(name))),
    wasm: hasWasm(),
    isolated: globalThis.crossOriginIsolated === true,
  };
}
