// A headless Chromium page with unmodified web-llm in it and a few folders served over HTTP, for checks and benchmarks.
import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { delimiter, dirname, extname, join, normalize } from 'node:path';
import { chromium } from 'playwright-core';

const TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>check</title><script type="module">
import * as webllm from '/web-llm/index.js';
window.webllm = webllm;
</script>`;

/** Arguments for a WebGPU device on the software adapter, and for a browser that talks to nobody. */
export const SOFTWARE_ADAPTER = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--no-first-run',
];

/** Path of a Chromium: $CHROMIUM_PATH, or the first known name on the PATH. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: the next one.
      }
    }
  }
  throw new Error(
    'No Chromium found: sudo apt-get install chromium, or set CHROMIUM_PATH to its executable.',
  );
}

/** Serve `mounts` ({ '/prefix/': folder }) and the page on a free local port. */
async function serve(mounts) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      return;
    }
    const prefix = Object.keys(mounts).find((key) => path.startsWith(key));
    const file = prefix && join(mounts[prefix], path.slice(prefix.length));
    const stats = file && statSync(file, { throwIfNoEntry: false });
    if (!stats?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      'content-length': stats.size,
    });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}

/**
 * Open a page that has `webllm` as a global. `log` receives what the page prints; `close` frees everything.
 * @param {Record<string, string>} mounts URL prefix (with both slashes) to folder
 */
export async function openPage(mounts, { args = [], log = () => {} } = {}) {
  const webllm = dirname(createRequire(import.meta.url).resolve('@mlc-ai/web-llm'));
  const { server, origin } = await serve({ ...mounts, '/web-llm/': webllm });
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...SOFTWARE_ADAPTER, ...args],
  });
  const close = async () => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(0);
    page.on('console', (message) => log(message.text()));
    page.on('pageerror', (error) => log(String(error)));
    await page.goto(origin);
    await page.waitForFunction(() => 'webllm' in globalThis, undefined, { timeout: 60_000 });
    return { page, origin, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Load the model at `<origin><model>` with the library at `<origin><library>` as the global `engine`. */
export async function loadModel(page, origin, model, library) {
  await page.evaluate(
    async ({ model, library }) => {
      const record = { model, model_id: 'checked', model_lib: library };
      globalThis.engine = await globalThis.webllm.CreateMLCEngine('checked', {
        appConfig: { model_list: [record] },
        logLevel: 'WARN',
      });
    },
    { model: origin + model, library: origin + library },
  );
}
