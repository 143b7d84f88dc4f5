/**
 * Pictures of each page of the header for docs/screenshots, at both widths, light and dark, with something in them: a
 * run of scripts is held first. By hand: npx tsx test/bars/app/screenshots.ts [--only runs,models]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openLab, root } from '../../e2e/lab';
import { chooseScripts, talkToTheEnd } from '../../e2e/page-actions';
import { everyPath } from '../../support/pages';
import { screenshotName, screenshotWidths } from './screenshot-names';

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const only = values.only?.split(',');
const lab = await openLab();
const { page, site } = lab;
page.setDefaultTimeout(180_000);
try {
  await page.goto(site.url);
  await chooseScripts(page);
  await talkToTheEnd(page);
  await page.goto(`${site.url}runs`);
  await page.getByRole('heading', { name: 'New runs' }).waitFor();
  await page.getByLabel('Profiles', { exact: true }).fill('12');
  await page.getByLabel('Profiles', { exact: true }).blur();
  await page.getByLabel('User simulator', { exact: true }).selectOption({ label: 'Honest script' });
  await page.getByLabel('Language model').uncheck();
  await page.getByLabel('Best match').check();
  await page.getByRole('button', { name: 'Add and start' }).click();
  await page.getByText('Done', { exact: true }).first().waitFor();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of everyPath) {
    if (only && !only.includes(path.slice(1))) continue;
    await page.goto(new URL(path, site.url).href);
    await page.locator('h1').first().waitFor();
    await page.getByText('Opening the catalogue').waitFor({ state: 'detached' });
    if (path === '/dialogues') {
      await page.locator('[data-row="0"] button').click();
      await page.locator('.detail li').first().waitFor();
    }
    for (const width of screenshotWidths) {
      await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const name = screenshotName(path, width, colorScheme);
        await page.screenshot({ path: join(root, 'docs', 'screenshots', name) });
        process.stdout.write(`${name}\n`);
      }
    }
  }
} finally {
  await lab.close();
}
