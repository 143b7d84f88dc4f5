import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ fallback: '404.html' }),
    // Any web host serves it, also below a folder: links stay relative.
    paths: { relative: true },
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', 'wasm-unsafe-eval'],
        'worker-src': ['self', 'blob:'],
        'connect-src': ['self', 'blob:'],
        'img-src': ['self', 'data:', 'blob:'],
        'style-src': ['self', 'unsafe-inline'],
        'object-src': ['none'],
        'base-uri': ['self'],
      },
    },
    serviceWorker: { register: false },
    typescript: {
      config: (config) => ({
        ...config,
        include: [
          ...config.include,
          '../workers/**/*.ts',
          '../test/**/*.ts',
          '../src/cli/**/*.ts',
          '../src/cli/**/*.mjs',
          '../eslint.config.js',
        ],
      }),
    },
  },
};
