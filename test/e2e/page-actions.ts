import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';

/** What a visitor does on the first page. */

export async function chooseScripts(
  page: Page,
  user = 'Honest script',
  recommender = 'Best match',
): Promise<void> {
  await page.getByLabel('User simulator', { exact: true }).selectOption({ label: user });
  await page.getByLabel('Recommender', { exact: true }).selectOption({ label: recommender });
}

export const turns = (page: Page) => page.locator('ol.turns > li');
export const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function talkToTheEnd(page: Page): Promise<void> {
  await button(page, 'Let them talk').click();
  await button(page, 'Let them talk again').waitFor();
}

/** What a press of a button gives to be saved. */
export async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await (download as Download).path(), 'utf8');
}
