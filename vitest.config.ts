import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArgs, findChromium, softwareGpuArgs } from './test/support/chromium.ts';
import { toyModels } from './test/support/toy-models.ts';

const alias = { $lib: fileURLToPath(new URL('src/lib', import.meta.url)) };
/** As the app is served: cross-origin isolation gives the wasm engine its threads. */
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** @param isolate whether every file has modules of its own, which costs the time to load them again */
function inNode(
  name: string,
  include: string[],
  exclude: string[],
  isolate: boolean,
): TestProjectInlineConfiguration {
  return {
    plugins: [svelte()],
    resolve: { alias },
    test: {
      name,
      environment: 'node',
      include,
      exclude,
      isolate,
      // A busy machine takes its time.
      expect: { poll: { timeout: 10_000 } },
      testTimeout: 30_000,
    },
  };
}

function inChromium(
  name: string,
  include: string[],
  exclude: string[],
  args: readonly string[],
): TestProjectInlineConfiguration {
  const executablePath = findChromium();
  return {
    plugins: [svelte(), toyModels()],
    publicDir: 'static',
    resolve: { alias },
    worker: { format: 'es' },
    server: { headers },
    // Named, so that no dependency is found (and the page reloaded) in the middle of a test.
    optimizeDeps: {
      exclude: ['@wllama/wllama'],
      include: [
        'comlink',
        'idb',
        'typebox/schema',
        '@mlc-ai/web-llm',
        '@noble/hashes/sha2.js',
        '@noble/hashes/utils.js',
      ],
    },
    test: {
      name,
      include,
      exclude,
      testTimeout: 120_000,
      hookTimeout: 120_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({
          launchOptions: { ...(executablePath ? { executablePath } : {}), args: [...args] },
        }),
        instances: [{ browser: 'chromium' }],
      },
    },
  };
}

const stored = ['test/unit/{state,store}/**/*.test.ts'];
const gpuTests = 'test/browser/**/*.gpu.test.ts';

export default defineConfig({
  test: {
    projects: [
      inNode('unit', ['test/unit/**/*.test.ts'], stored, false),
      // Apart: each of these files needs a browser's database of its own among its globals.
      inNode('unit-stored', stored, [], true),
      inChromium('browser', ['test/browser/**/*.test.ts'], [gpuTests], chromiumArgs),
      // Apart: a browser of its own, so that a lost GPU process takes no other test with it.
      inChromium('gpu', [gpuTests], [], [...chromiumArgs, ...softwareGpuArgs]),
      {
        // The built site and the commands, with the real model. One file at a time: each fills the machine.
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          // A busy machine takes its time to load a page.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
