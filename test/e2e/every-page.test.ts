import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from '../support/axe';
import { firstLoad } from '../support/first-load';
import { everyPath } from '../support/pages';
import { focused, tabTo } from './keyboard';
import { foreign, openLab, root, type OpenLab } from './lab';

let lab: OpenLab;
let page: Page;
beforeAll(async () => {
  lab = await openLab();
  ({ page } = lab);
});
afterAll(() => lab.close());

const press = (key: string) => page.keyboard.press(key);

/** A page of the header with what it reads there, everything unfolded. */
async function openPage(path: string): Promise<void> {
  await page.goto(new URL(path, lab.site.url).href);
  await page.locator('h1').first().waitFor();
  await page.getByText('Opening the catalogue').waitFor({ state: 'detached' });
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.open = true;
  });
}

describe('a first visit', () => {
  it('loads at most 250 kB of compressed scripts, and no model', async () => {
    await page.goto(lab.site.url);
    await page.getByLabel('User simulator', { exact: true }).waitFor();
    const { files, gzip } = await firstLoad(page, join(root, 'build'));
    expect(files).toBeGreaterThan(3);
    expect(gzip).toBeLessThanOrEqual(250_000);
    expect(lab.requested.filter((url) => url.includes('params_shard'))).toEqual([]);
  });
});

describe('by the keyboard alone', () => {
  it('a run is queued, held and read; the focus can be seen at every stop', async () => {
    await page.goto(new URL('runs', lab.site.url).href);
    await page.getByRole('heading', { name: 'New runs' }).waitFor();
    await press('Tab');
    expect((await focused(page)).name).toBe('Skip to the content');
    await press('Enter');
    await tabTo(page, 'Profiles');
    await press('Control+a');
    await page.keyboard.type('3');
    await tabTo(page, 'User simulator');
    await page.keyboard.type('Honest');
    await tabTo(page, 'Language model');
    await press('Space');
    await tabTo(page, 'Best match');
    await press('Space');
    await tabTo(page, 'Add and start');
    await press('Enter');
    await page.getByText('Done', { exact: true }).waitFor();
    await page.getByText('3 of 3').first().waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    // From the header, to the list and into it.
    await tabTo(page, 'Dialogues');
    await press('Enter');
    await page.getByText('3 dialogues').first().waitFor();
    await tabTo(page, /accepted|turns/i);
    await press('ArrowDown');
    await press('Enter');
    await page.locator('.detail li').first().waitFor();
  });
});

const appearances = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;

describe.each(everyPath)('the page %s', (path) => {
  it('has no violation that axe-core finds, in any colours, wide and narrow, and overflows nowhere', async () => {
    await openPage(path);
    const found: string[] = [];
    for (const { colorScheme, contrast } of appearances) {
      await page.emulateMedia({ colorScheme, contrast });
      for (const width of contrast === 'more' ? [1440] : [1440, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        if (wide > width) found.push(`${String(width)}: ${String(wide)} wide`);
        const broken = await violations(page);
        found.push(...broken.map((rule) => `${colorScheme} ${contrast} ${String(width)} ${rule}`));
      }
    }
    expect(found).toEqual([]);
  });
});

it('no page asks for anything that is not of this site, and none complains', () => {
  expect(lab.requested.length).toBeGreaterThan(20);
  expect(foreign(lab)).toEqual([]);
  expect(lab.complaints).toEqual([]);
});
