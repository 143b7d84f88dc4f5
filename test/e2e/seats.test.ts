import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from '../support/axe';
import { openLab, type OpenLab } from './lab';

let lab: OpenLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const turns = (page: Page) => page.locator('ol.turns > li:has(.bubble)');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

async function openWith(user: string, recommender: string): Promise<Page> {
  lab = await openLab();
  const { page } = lab;
  await page.goto(lab.site.url);
  await page.getByLabel('User simulator', { exact: true }).selectOption({ label: user });
  await page.getByLabel('Recommender', { exact: true }).selectOption({ label: recommender });
  return page;
}

/** What axe-core finds and what overflows, light and dark, wide and narrow; narrow it stays. */
async function faults(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const wide = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('dialog, .composer')]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ tagName }) => tagName),
    );
    found.push(...wide.map((tag) => `${String(width)}: ${tag} overflows`));
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const broken = await violations(page);
      found.push(...broken.map((rule) => `${String(width)} ${colorScheme} ${rule}`));
    }
  }
  return found;
}

/** The focused element, by its name, where it is out of sight or something lies over it. */
const coveredFocus = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: element } = document;
    if (element === null) return ['nothing has the focus'];
    const { left, top, width, height } = element.getBoundingClientRect();
    const isShown = [0.1, 0.5, 0.9].every((part) => {
      const hit = document.elementFromPoint(left + width / 2, top + height * part);
      return hit !== null && element.contains(hit);
    });
    return isShown ? [] : [element.getAttribute('aria-label') ?? element.textContent];
  });

/** Of the composer's controls, walked through by Tab from its first, those that are covered. */
async function coveredControls(page: Page): Promise<string[]> {
  const covered: string[] = [];
  const inside = () => page.evaluate(() => document.activeElement?.closest('.composer') !== null);
  for (let stops = 0; stops < 40 && (await inside()); stops++) {
    covered.push(...(await coveredFocus(page)));
    await page.keyboard.press('Tab');
  }
  return covered;
}

describe('a person in a seat', () => {
  it('talks as the user by keyboard alone, over a reload, and is scored when it is over', async () => {
    const page = await openWith('I', 'Most popular');
    await button(page, 'Start talking').focus();
    await page.keyboard.press('Enter');
    const field = page.getByLabel('Your turn as the user');
    await field.waitFor();
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.getByText('What neither model sees').waitFor({ state: 'hidden' });
    await page.keyboard.type('I am in the mood for a thriller');
    await expect.poll(() => button(page, 'inform').getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Enter');
    await expect.poll(() => turns(page).count()).toBe(2);
    await page.keyboard.type('Not fin');
    await page.reload();
    await button(page, 'Continue this dialogue').click();
    expect(await field.inputValue()).toBe('Not fin');
    await page.getByText('Continued after a reload').waitFor();
    await page.getByRole('button', { name: /^accept: / }).focus();
    await page.keyboard.press('Enter');
    await field.fill('I will take it.');
    await field.press('Enter');
    await expect.poll(() => turns(page).count()).toBe(4);
    await field.fill('Bye!');
    await field.press('Enter');
    await page.locator('.outcome').getByText('Accepted').first().waitFor();
    await page.getByText('What neither model sees').waitFor();
    expect(await turns(page).first().innerText()).toContain('You, the user');
    expect(lab?.complaints).toEqual([]);
  });

  it('recommends from the catalogue, and steers the simulator', async () => {
    const page = await openWith('Honest script', 'I');
    await page.getByText('Show it all the same').waitFor();
    await button(page, 'Start talking').click();
    const field = page.getByLabel('Your turn as the recommender');
    await field.waitFor();
    const search = page.getByRole('combobox', { name: /^Recommend, at most/ });
    await search.fill('the conjuring');
    await page.getByRole('option', { name: 'The Conjuring (2013)' }).waitFor();
    await page.getByText('James Wan').first().waitFor();
    await search.press('Enter');
    expect(await field.inputValue()).toBe('The Conjuring (2013)');
    await field.press('Enter');
    await expect.poll(() => turns(page).count()).toBe(3);
    await button(page, 'Steer').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Who is it, in a sentence or two?').fill('Has changed its mind.');
    await form.getByLabel('Patience').selectOption('low');
    await button(page, 'Apply').click();
    await page.getByText('A change waits for the turn in flight.').waitFor();
    await field.fill('What else do you like?');
    await field.press('Enter');
    await expect.poll(() => turns(page).count()).toBe(5);
    await button(page, 'Stop').click();
    await page.getByText('Steered: in force from turn 5 on').waitFor();
    await page.getByText('→ Has changed its mind.').waitFor();
    await page.locator('.outcome').getByText('Steered once.').waitFor();
    expect(lab?.complaints).toEqual([]);
  });

  it('types as the user with nothing in the way, on any screen and in any colours', async () => {
    const page = await openWith('I', 'Most popular');
    await page.setViewportSize({ width: 390, height: 844 });
    await button(page, 'Start talking').click();
    const field = page.getByLabel('Your turn as the user');
    for (const [i, words] of ['I like thrillers', 'Something else', 'Another one'].entries()) {
      await field.waitFor();
      expect(await coveredControls(page)).toEqual([]);
      await field.fill(words);
      await field.press('Enter');
      await expect.poll(() => turns(page).count()).toBe(2 * i + 2);
    }
    await field.waitFor();
    expect(await coveredFocus(page)).toEqual([]);
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 1440, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(844);
  });

  it('searches the catalogue and steers with nothing in the way', async () => {
    const page = await openWith('Honest script', 'I');
    await page.setViewportSize({ width: 390, height: 844 });
    await button(page, 'Start talking').click();
    const search = page.getByRole('combobox', { name: /^Recommend, at most/ });
    await search.fill('the conj');
    await page.getByRole('option', { name: 'The Conjuring (2013)' }).waitFor();
    expect(await coveredFocus(page)).toEqual([]);
    expect(await faults(page)).toEqual([]);
    await button(page, 'Steer').click();
    const target = page.getByRole('dialog').getByRole('combobox', { name: 'Add a target' });
    await target.fill('the conj');
    await page.getByRole('dialog').getByText('The Conjuring (2013)').first().waitFor();
    expect(await coveredFocus(page)).toEqual([]);
    expect(await faults(page)).toEqual([]);
  });
});
