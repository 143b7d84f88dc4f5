import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

/** Cross-origin isolation gives the wasm engine its threads. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  plugins: [sveltekit()],
  worker: { format: 'es' },
  server: { headers: isolation, fs: { allow: ['workers', 'models'] } },
  preview: { headers: isolation },
  optimizeDeps: { exclude: ['@wllama/wllama'] },
});
