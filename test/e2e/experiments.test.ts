import { afterEach, describe, expect, it } from 'vitest';
import { openLab, type OpenLab } from './lab';

let lab: OpenLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

describe('the page of experiments', () => {
  it('plans the controls, holds them with one click, and leads to their evaluation', async () => {
    lab = await openLab();
    const { page, site } = lab;
    await page.goto(`${site.url}evaluate/experiments`);
    await page.getByLabel('Preset or file').selectOption({ label: 'Controls' });
    // Its plan is there: what is changed now is changed in it.
    await page.getByText('10 runs, 100 dialogues.').waitFor();
    await page.getByLabel('Dialogues', { exact: true }).fill('2');
    await page.getByLabel('Dialogues', { exact: true }).blur();
    await page.getByLabel('Modular, knowledge graph').uncheck();
    await page.getByText('9 runs, 18 dialogues.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('18 of 18').waitFor({ timeout: 120_000 });
    await page.reload();
    // The pages' and the sections' own links have that name, too.
    const link = page.locator('a[href*="/evaluate?runs=run-"]');
    await link.first().waitFor();
    expect(await link.first().innerText()).toContain('Evaluate');
    expect(lab.complaints).toEqual([]);
  });
});
