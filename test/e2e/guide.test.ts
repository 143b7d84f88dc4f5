import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { foreign, openLab, type OpenLab } from './lab';

let lab: OpenLab;
let page: Page;
const button = (name: string) => page.getByRole('button', { name, exact: true });

beforeAll(async () => {
  lab = await openLab();
  page = lab.page;
  // A busy machine takes its time to load a page.
  page.setDefaultTimeout(120_000);
});
afterAll(async () => {
  await lab.close();
});

describe('the guide, the tour, the classroom and links', () => {
  it('shows both sides’ prompts turn by turn, the targets in neither, and leaks in the other one', async () => {
    await page.goto(`${lab.site.url}guide`);
    const user = page.getByRole('region', { name: 'The user simulator reads' });
    await user.getByText('You are a customer who looks for a film').waitFor();
    await button('Next turn').click();
    await page.getByText(/After turn 1 of \d+/).waitFor();
    expect(await page.locator('.sights mark').count()).toBe(0);
    await page.getByLabel('Dialogue').selectOption({ label: 'Sample, reference-dependent' });
    await page.locator('.sights mark.leak').first().waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('leads through the page by keyboard, and ends where it began', async () => {
    await button('Start the tour').first().click();
    const tour = page.getByRole('dialog', { name: 'Who the user is' });
    await tour.waitFor();
    for (const name of [
      'Who sits where',
      'Conditions',
      'The conversation',
      'What each model sees',
    ]) {
      await page.keyboard.press('ArrowRight');
      await page.getByRole('dialog', { name }).waitFor();
      await page.locator('.ring').waitFor();
    }
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByText('New here?').count()).toBe(0);
  });

  it('sets up a class by its address, and goes back', async () => {
    await page.goto(`${lab.site.url}?preset=classroom`);
    await button('Leave classroom size').waitFor();
    expect(await page.locator('html').getAttribute('data-size')).toBe('projector');
    await page.getByText('No model is needed for these two seats.').first().waitFor();
    await button('Leave classroom size').click();
    await expect.poll(() => page.locator('html').getAttribute('data-size')).toBeNull();
  });

  it('opens a link after saying what it sets, and a bad one changes nothing', async () => {
    await page.getByLabel('Seed', { exact: true }).fill('4242');
    await page.getByLabel('Seed', { exact: true }).blur();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await button('Copy link').click();
    await page.getByText('Copied: it carries these settings').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain('#setup=1.');
    await page.getByLabel('Seed', { exact: true }).fill('1');
    await page.getByLabel('Seed', { exact: true }).blur();
    await page.goto('about:blank');
    await page.goto(link);
    const dialog = page.getByRole('dialog', { name: 'Use the settings of this link?' });
    await dialog.getByText('4242').waitFor();
    expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('1');
    await dialog.getByRole('button', { name: 'Use these settings' }).click();
    await expect.poll(() => page.getByLabel('Seed', { exact: true }).inputValue()).toBe('4242');
    await page.goto('about:blank');
    await page.goto(`${lab.site.url}#setup=1.AAAA`);
    await page.getByText('This link is damaged').waitFor();
    expect(await page.getByLabel('Seed', { exact: true }).inputValue()).toBe('4242');
  });

  it('speaks German where it can, without a reload', async () => {
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('link', { name: 'Einführung' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByLabel('Sprache').selectOption('en');
    await page.getByRole('link', { name: 'Guide' }).waitFor();
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
  });
});
