import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** JavaScript that a page has loaded, in bytes as they lie in the build and as they travel. */
export interface FirstLoad {
  files: number;
  raw: number;
  gzip: number;
  brotli: number;
}

/** What the page that is open has loaded of scripts, workers' included; without what its service worker fetched. */
export async function firstLoad(page: Page, buildFolder: string): Promise<FirstLoad> {
  const paths = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name))
      .filter(({ origin, pathname }) => origin === location.origin && pathname.endsWith('.js'))
      .map(({ pathname }) => pathname),
  );
  const scripts = [...new Set(paths)].filter((path) => !path.endsWith('/service-worker.js'));
  const contents = scripts.map((path) => readFileSync(join(buildFolder, path)));
  const sum = (sizeOf: (content: Buffer) => number) =>
    contents.reduce((total, content) => total + sizeOf(content), 0);
  return {
    files: contents.length,
    raw: sum(({ length }) => length),
    gzip: sum((content) => gzipSync(content).length),
    brotli: sum((content) => brotliCompressSync(content).length),
  };
}
