import { spawn } from 'node:child_process';
import { chromium, type BrowserContext } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../src/cli/browser/chromium';

export interface KillableBrowser {
  context: BrowserContext;
  /** Ends every process of it at once, without a chance to write anything down. */
  kill(): Promise<void>;
}

/** Chromium on a profile that outlives it, as a group of processes of its own. */
export async function startKillableBrowser(profileFolder: string): Promise<KillableBrowser> {
  const child = spawn(
    requireChromium(),
    [
      ...chromiumArgs,
      '--headless=new',
      '--remote-debugging-port=0',
      '--no-default-browser-check',
      '--hide-crash-restore-bubble',
      '--password-store=basic',
      '--use-mock-keychain',
      '--window-size=1280,900',
      `--user-data-dir=${profileFolder}`,
      'about:blank',
    ],
    { detached: true, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch (reason) {
      // All of it is gone already.
      if ((reason as NodeJS.ErrnoException).code !== 'ESRCH') throw reason;
    }
    await ended;
  };
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr.on('data', (piece: Buffer) => {
        said += piece.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`Chromium ended before it listened: ${said}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    const [context] = browser.contexts();
    if (!context) throw new Error('Chromium has no window.');
    return { context, kill };
  } catch (reason) {
    await kill();
    throw reason;
  }
}
