import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { foreign, openLab, type OpenLab } from './lab';
import { button, chooseScripts, saved, talkToTheEnd, turns } from './page-actions';

let lab: OpenLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

/** The page at rest, with scripts in both seats. */
async function openScripted(user?: string, recommender?: string): Promise<Page> {
  lab = await openLab();
  await lab.page.goto(lab.site.url);
  await chooseScripts(lab.page, user, recommender);
  return lab.page;
}

describe('the page with scripts in both seats', () => {
  it('explains itself in one screen, and loads no model for scripts', async () => {
    const page = await openScripted();
    const start = await button(page, 'Let them talk').boundingBox();
    expect(start && start.y + start.height).toBeLessThan(900);
    await talkToTheEnd(page);
    expect(await turns(page).count()).toBeGreaterThanOrEqual(3);
    expect(lab?.requested.filter((url) => url.includes('params_shard'))).toEqual([]);
    expect(lab?.complaints).toEqual([]);
    expect(lab && foreign(lab)).toEqual([]);
  });

  it('steps, is reloaded in the middle, and goes on, marked as resumed', async () => {
    const page = await openScripted('Honest script', 'Random films');
    await page.getByLabel('Most turns').fill('6');
    await page.getByLabel('Most turns').blur();
    // Stepping begins from a dialogue on show: hold one first.
    await talkToTheEnd(page);
    await button(page, 'Step').click();
    await button(page, 'Go on').waitFor();
    expect(await turns(page).count()).toBe(1);
    await button(page, 'Step').click();
    await expect.poll(() => turns(page).count()).toBe(2);
    const before = await turns(page).allInnerTexts();
    await page.reload();
    await button(page, 'Continue this dialogue').waitFor();
    expect(await turns(page).allInnerTexts()).toEqual(before);
    await button(page, 'Continue this dialogue').click();
    await expect.poll(() => turns(page).count()).toBe(6);
    await page.getByText('Continued after a reload').waitFor();
    await page.reload();
    await expect.poll(() => turns(page).count()).toBe(6);
    expect(lab?.complaints).toEqual([]);
  });

  it('stops a paused dialogue', async () => {
    const page = await openScripted('Honest script', 'Random films');
    await talkToTheEnd(page);
    await button(page, 'Step').click();
    await button(page, 'Stop').click();
    await page.locator('.outcome').getByText('Stopped by you').waitFor();
    await button(page, 'Continue this dialogue').waitFor();
  });

  it('exports dialogues as JSONL and takes them back, telling every bad line', async () => {
    const page = await openScripted();
    await talkToTheEnd(page);
    await page.getByText('Held dialogues (1)').click();
    const text = await saved(page, () => button(page, 'Export all (JSONL)').click());
    const record = JSON.parse(text) as { outcome: { status: string }; turns: unknown[] };
    expect(record.outcome.status).toBe('accepted');
    await page.getByRole('button', { name: /^Delete dialogue of/ }).click();
    await page.getByText('Held dialogues (0)').waitFor();
    const chooser = page.waitForEvent('filechooser');
    await button(page, 'Import (JSONL)').click();
    await (
      await chooser
    ).setFiles({
      name: 'dialogues.jsonl',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(`{"no": "record"}\n${text}not json\n`),
    });
    await page.getByText('1 added.').waitFor();
    await page.getByText(/^Line 1: /).waitFor();
    await page.getByText(/^Line 3: /).waitFor();
    await page.getByText('Held dialogues (1)').waitFor();
  });

  it('lets a profile be written with the keyboard alone, and used', async () => {
    const page = await openScripted();
    await button(page, 'Write a profile').focus();
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    await form.getByLabel('Who is it, in a sentence or two?').fill('Likes to be scared.');
    const wanted = form.getByRole('group', { name: 'Wants now' });
    await wanted.getByLabel('Value').focus();
    await page.keyboard.type('horror');
    await page.keyboard.press('Enter');
    await form.getByText(/\d+ of \d+ films fit/).waitFor();
    // A screen that is turned loses nothing that was typed.
    await page.setViewportSize({ width: 390, height: 844 });
    await form.getByText(/\d+ of \d+ films fit/).waitFor();
    await page.setViewportSize({ width: 1440, height: 900 });
    await button(page, 'Save and use').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Likes to be scared.').first().waitFor();
    await talkToTheEnd(page);
    await page.getByText('This profile has no hidden targets.').first().waitFor();
  });
});

describe('accessibility and shape', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no violation that axe-core can find, ${colorScheme}`, async () => {
      const page = await openScripted('Always accepts', 'Oracle (sees targets)');
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
      await talkToTheEnd(page);
      await page.evaluate(() => {
        for (const fold of document.querySelectorAll('details')) fold.open = true;
      });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
      await button(page, 'Write a profile').click();
      expect(await violations(page)).toEqual([]);
    });
  }

  it('overflows at no width', async () => {
    const page = await openScripted();
    await talkToTheEnd(page);
    for (const width of [320, 390, 768, 1119, 1120, 1440, 2560]) {
      await page.setViewportSize({ width, height: 844 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, `at ${String(width)}`).toBeLessThanOrEqual(width);
    }
  });
});

describe('the engine host', () => {
  it('answers with data, errors too', async () => {
    lab = await openLab();
    const { page, site } = lab;
    await page.goto(`${site.url}engine`);
    // A function: a string would be evaluated at every poll, which the page's policy forbids.
    await page.waitForFunction(() => 'interplayEngine' in globalThis);
    const call = (method: string, ...args: unknown[]) =>
      page.evaluate(
        ([name, values]) => {
          const { interplayEngine } = globalThis as unknown as {
            interplayEngine: { call(...args: unknown[]): Promise<unknown> };
          };
          return interplayEngine.call('user', name, values);
        },
        [method, args] as const,
      );
    expect(await call('info')).toEqual({ ok: true, value: null });
    expect(await call('reset')).toMatchObject({ ok: false, error: { code: 'engine-failed' } });
    const missing = { id: 'none', location: 'models/none/manifest.json' };
    expect(await call('load', 'wasm', missing)).toMatchObject({
      ok: false,
      error: { code: 'model-missing' },
    });
  });
});
