import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from '../../src/cli/bootstrap/build.mjs';
import { chromiumArgs, requireChromium } from '../../src/cli/browser/chromium';
import { startSite, type Site } from '../../src/cli/site/server';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The built site, open in a browser of its own, and all that it asked for or complained about. */
export interface OpenLab {
  page: Page;
  site: Site;
  /** Addresses of all requests. */
  requested: string[];
  /** Console errors and uncaught ones. */
  complaints: string[];
  close(): Promise<void>;
}

export async function openLab(
  options: { args?: readonly string[]; allowNetwork?: boolean } = {},
): Promise<OpenLab> {
  if (!build(root, (line) => process.stderr.write(`${line}\n`))) throw new Error('no build');
  const site = await startSite({
    buildDir: join(root, 'build'),
    port: 0,
    host: '127.0.0.1',
    allowNetwork: options.allowNetwork ?? false,
  });
  const browser: Browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumArgs, ...(options.args ?? [])],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const requested: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => requested.push(request.url()));
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  context.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await context.newPage();
  return {
    page,
    site,
    requested,
    complaints,
    close: async () => {
      await browser.close();
      await site.close();
    },
  };
}

/** Requests that left the site: there may be none. */
export function foreign({ requested, site }: OpenLab): string[] {
  const origin = new URL(site.url).origin;
  return requested.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== origin);
}

/** Runs `npm run simulate` as the command line does. */
export function simulate(
  args: readonly string[],
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [join(root, 'src', 'cli', 'bootstrap.mjs'), 'simulate', ...args],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece: Buffer) => (stdout += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (stderr += piece.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}
