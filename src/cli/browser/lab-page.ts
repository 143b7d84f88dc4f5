import { chromium, type Browser, type Page } from 'playwright-core';
import type { Role } from '../../lib/contracts/action';
import type { LoadProgress } from '../../lib/contracts/engine';
import { LabError } from '../../lib/contracts/errors';
import { startSite, type Site } from '../site/server';
import { chromiumArgs, gpuArgs, requireChromium, softwareGpuArgs } from './chromium';

/** A headless browser with the built page open where engines can be asked. */
export interface LabPage {
  page: Page;
  /** Address of the site, with a slash at the end. */
  url: string;
  /** Rejects with `engine-failed` when the page or the browser dies; never resolves. */
  died: Promise<never>;
  /** Who is told how far a seat's model has loaded. */
  progress: Map<Role, (progress: LoadProgress) => void>;
  close(): Promise<void>;
}

export interface LabPageOptions {
  buildDir: string;
  /** Run WebGPU on the CPU. */
  softwareAdapter: boolean;
}

/** Milliseconds that the page may take to start. */
const startLimit = 60_000;

/**
 * Serves the build on a free port and opens its engine host in headless Chromium.
 * Errors: `browser-missing`; `engine-unavailable` when the browser or the page does not start.
 */
export async function openLabPage(options: LabPageOptions): Promise<LabPage> {
  const executablePath = requireChromium();
  const site = await startSite({
    buildDir: options.buildDir,
    port: 0,
    host: '127.0.0.1',
    allowNetwork: false,
  });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      executablePath,
      headless: true,
      args: [...chromiumArgs, ...(options.softwareAdapter ? softwareGpuArgs : gpuArgs)],
      // The command decides what an interrupt means: what is finished is kept.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const page = await browser.newPage();
    const progress: LabPage['progress'] = new Map();
    await page.exposeFunction('interplayProgress', (seat: Role, step: LoadProgress) =>
      progress.get(seat)?.(step),
    );
    await page.goto(`${site.url}engine`, { timeout: startLimit });
    // A function: a string would be evaluated at every poll, which the page's policy forbids.
    await page.waitForFunction(() => 'interplayEngine' in globalThis, undefined, {
      timeout: startLimit,
    });
    return {
      page,
      url: site.url,
      died: deathOf(browser, page),
      progress,
      close: closer(browser, site),
    };
  } catch (reason) {
    await closer(browser, site)();
    throw new LabError(
      'engine-unavailable',
      'Headless Chromium could not open the page that runs the engines. Run "npm start" and look at ' +
        'the page in a browser, or choose another engine.',
      reason instanceof Error ? reason.message : String(reason),
    );
  }
}

function closer(browser: Browser | undefined, site: Site): () => Promise<void> {
  return async () => {
    await browser?.close();
    await site.close();
  };
}

function deathOf(browser: Browser, page: Page): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    const fail = (what: string) => {
      reject(
        new LabError(
          'engine-failed',
          `${what} while a model was running. It may have run out of memory: close other programs, ` +
            'or choose another engine. Running the same command again goes on where this one ended.',
        ),
      );
    };
    page.once('crash', () => {
      fail('The page crashed');
    });
    page.once('close', () => {
      fail('The page was closed');
    });
    browser.once('disconnected', () => {
      fail('The browser ended');
    });
  });
  // Closing at the end is no failure, and then nobody waits for this.
  died.catch(() => undefined);
  return died;
}
