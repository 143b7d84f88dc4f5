import { afterEach, describe, expect, it } from 'vitest';
import { everyPath } from '../support/pages';
import { openLab, type OpenLab } from './lab';
import { button, chooseScripts, saved, talkToTheEnd, turns } from './page-actions';
import { startPlainHost } from './plain-host';

let lab: OpenLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

describe('the service worker', () => {
  it('isolates the page where the host cannot, below a folder; with the network cut all of it works', async () => {
    lab = await openLab();
    const { page } = lab;
    const host = await startPlainHost();
    try {
      await page.goto(host.url);
      await page.waitForFunction(() => globalThis.crossOriginIsolated, undefined, {
        timeout: 60_000,
      });
      await chooseScripts(page);
      // Both ways: the host is gone, and the browser knows that there is no network.
      await host.close();
      await page.context().setOffline(true);
      await page.reload();
      await talkToTheEnd(page);
      const count = await turns(page).count();
      expect(count).toBeGreaterThanOrEqual(3);
      await page.getByText('Held dialogues (1)').click();
      const text = await saved(page, () => button(page, 'Export all (JSONL)').click());
      const record = JSON.parse(text) as { turns: unknown[]; outcome: { status: string } };
      expect(record.turns).toHaveLength(count);
      expect(record.outcome.status).toBe('accepted');
      for (const path of everyPath.slice(1)) {
        await page.goto(`${host.url}${path.slice(1)}`);
        await page.locator('main h1').waitFor();
        await page.locator('main [role=status]:has-text("Opening")').waitFor({ state: 'detached' });
        expect(await page.getByRole('alert').allInnerTexts(), path).toEqual([]);
      }
    } finally {
      await host.close();
    }
  });
});
