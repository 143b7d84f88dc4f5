import type { Page } from 'playwright-core';

/** True when the page's browser computes WebGPU on a GPU, not in software. */
export function hasHardwareAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => {
    // Absent where the browser has no WebGPU at all, whatever the types say.
    const gpu = navigator.gpu as GPU | undefined;
    const adapter = await gpu?.requestAdapter();
    if (!adapter) return false;
    const { architecture, description, isFallbackAdapter } = adapter.info;
    const software = /swiftshader|llvmpipe|software/i.test(`${architecture} ${description}`);
    return !isFallbackAdapter && !software;
  });
}
