import { readFileSync } from 'node:fs';
import { sveltekit } from '@sveltejs/kit/vite';
import { defaultClientConditions, defineConfig } from 'vite';

/** Cross-origin isolation gives the wasm engine its threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

const { name, version } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
) as { name: string; version: string };

export default defineConfig({
  // What a report says that it was made by.
  define: { __PROGRAM__: JSON.stringify(`${name} ${version}`) },
  plugins: [sveltekit()],
  worker: { format: 'es' },
  // onnxruntime's threads start from a file of their own, not from the worker's script.
  resolve: { conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions] },
  server: { headers: isolation, fs: { allow: ['workers', 'models'] } },
  preview: { headers: isolation },
  optimizeDeps: { exclude: ['@wllama/wllama', 'onnxruntime-web'] },
});
