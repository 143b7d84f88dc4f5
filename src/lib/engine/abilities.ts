import type { BrowserAbilities } from './choose';
import { adapterName } from './webgpu/device';

const softwareNames = /swiftshader|llvmpipe|lavapipe|basic render|software/i;

/** 64-bit memory is the one thing that not every current browser has and wllama without its CDN build needs. */
function hasWasm(): boolean {
  try {
    // Newer than the type library.
    const descriptor: unknown = { address: 'i64', initial: 1n };
    new WebAssembly.Memory(descriptor as WebAssembly.MemoryDescriptor);
    return true;
  } catch {
    // Browsers that do not know 64-bit memory throw: that is the answer.
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
