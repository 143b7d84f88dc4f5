import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { createServer, defaultClientConditions, type ViteDevServer } from 'vite';
import { chromiumArgs, findChromium, softwareGpuArgs } from './chromium';

export interface BenchPage {
  page: Page;
  browserVersion: string;
  close(): Promise<void>;
}

/**
 * Serves the sources with Vite and opens an empty page of them in Chromium, with `module` loaded: what it puts on
 * `globalThis.bench` can be called with `page.evaluate`. Environment: `CHROMIUM_PATH`; `CHROMIUM_ARGS` replaces the
 * software GPU's flags.
 */
export async function openBenchPage(module: string): Promise<BenchPage> {
  const cacheDir = await mkdtemp(join(tmpdir(), 'bench-vite-'));
  let server: ViteDevServer | undefined;
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    await server?.close();
    await rm(cacheDir, { recursive: true, force: true });
  };
  try {
    server = await createServer({
      configFile: false,
      root: fileURLToPath(new URL('../..', import.meta.url)),
      publicDir: 'static',
      cacheDir,
      logLevel: 'error',
      appType: 'custom',
      worker: { format: 'es' },
      resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
      optimizeDeps: {
        noDiscovery: true,
        exclude: ['@wllama/wllama', 'onnxruntime-web'],
        include: ['comlink', '@mlc-ai/web-llm', '@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
      },
      server: {
        host: '127.0.0.1',
        watch: null,
        hmr: false,
        headers: {
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        },
      },
      plugins: [
        {
          name: 'bench-page',
          configureServer(vite) {
            vite.middlewares.use('/bench.html', (_, response) => {
              response.setHeader('content-type', 'text/html');
              response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
              response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
              response.end(`<!doctype html><script type="module" src="/${module}"></script>`);
            });
          },
        },
      ],
    });
    await server.listen();
    const executablePath = findChromium();
    const flags = process.env['CHROMIUM_ARGS']?.split(' ').filter(Boolean) ?? softwareGpuArgs;
    browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...chromiumArgs, ...flags],
    });
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(String(error)));
    await page.goto(new URL('/bench.html', server.resolvedUrls?.local[0]).href);
    await page.waitForFunction(() => 'bench' in globalThis, undefined, { timeout: 120_000 });
    return { page, browserVersion: browser.version(), close };
  } catch (reason) {
    await close();
    throw reason;
  }
}
