import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import type { Evaluation } from '../../src/lib/metrics';
import { violations } from '../support/axe';
import { evaluate, folderOfTest } from '../support/evaluate-command';
import { hold, jsonl } from '../support/held-runs';
import { foreign, openLab, type OpenLab } from './lab';

const folder = folderOfTest();
let lab: OpenLab | undefined;
afterEach(() => lab?.close());

/** Browser and Node may differ in the last digit of an exponential or an arc sine. */
function evaluationOf(json: string): Evaluation {
  const rounded = (_key: string, value: unknown) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value;
  return (JSON.parse(json, rounded) as { evaluation: Evaluation }).evaluation;
}

async function saved(page: Page, name: string | RegExp): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name, exact: true }).first().click(),
  ]);
  return readFileSync(await download.path());
}

it('evaluates files, shows and saves the same numbers as the command, and can be used by all', async () => {
  const paths: string[] = [];
  for (const ranker of ['popularity', 'random'] as const) {
    const { dialogues } = await hold({ user: 'honest', ranker }, 6);
    const path = join(folder(), `${ranker}.jsonl`);
    writeFileSync(path, jsonl(dialogues));
    paths.push(path);
  }
  lab = await openLab();
  const { page } = lab;
  // A busy machine takes its time to load a page and to compute.
  page.setDefaultTimeout(240_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(`${lab.site.url}evaluate`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose JSONL files' }).click();
  await (await chooser).setFiles(paths);
  await page.getByText('Settings', { exact: true }).click();
  await page.getByLabel('Bootstrap draws').fill('50');
  await page.getByLabel('Permutations').fill('50');
  await page.getByLabel('Permutations').blur();
  const encoder = page.getByRole('checkbox', { name: /BERTScore/ });
  if (await encoder.isVisible()) await encoder.uncheck();
  await page.getByRole('button', { name: 'Evaluate', exact: true }).click();
  await page.getByText('Done: 2 systems, 12 dialogues.').waitFor();

  const json = (await saved(page, 'JSON of everything')).toString();
  const { provenance } = JSON.parse(json) as { provenance: { command: string } };
  const words = provenance.command.replace('npm run evaluate -- ', '').split(' ');
  const { code, out } = await evaluate(...words, '--json');
  expect(code).toBe(0);
  expect(evaluationOf(out)).toEqual(evaluationOf(json));

  const cell = page.getByRole('cell', { name: 'honest + popularity' }).first();
  await cell.waitFor();
  expect((await saved(page, 'PNG')).subarray(1, 4).toString()).toBe('PNG');
  expect((await saved(page, 'SVG')).toString()).toContain('<title>Success by system');
  await page.getByRole('link', { name: 'Verified success', exact: true }).first().click();
  await page.getByText('Name in files').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violations(page)).toEqual([]);
  }
  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide, `at ${String(width)}`).toBeLessThanOrEqual(width);
  }
  expect(lab.complaints).toEqual([]);
  expect(foreign(lab)).toEqual([]);
});
