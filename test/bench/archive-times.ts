import type { Page } from 'playwright-core';

type Bench = typeof import('./archive-page');

/** Times of something that was done several times, in milliseconds. */
export interface Times {
  median: number;
  most: number;
  n: number;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

const timesOf = (values: readonly number[]): Times => ({
  median: Math.round(median(values)),
  most: Math.round(Math.max(...values)),
  n: values.length,
});

/** Puts the functions of `archive-page.ts` into the page that is open. */
const equip = (page: Page) =>
  page.evaluate(async () => {
    const address = '/archive-page.js';
    Object.assign(globalThis, { bench: (await import(address)) as object });
  });

/** From another page (`within`), and by its address in a browser that has seen the site (`cold`). */
export async function openTimes(page: Page, url: string, n: number, repeats: number) {
  const within: number[] = [];
  const cold: number[] = [];
  const count = `${n.toLocaleString('en')} dialogues`;
  for (let i = 0; i < repeats; i++) {
    await page.goto(`${url}models`);
    await page.getByRole('article').first().waitFor();
    await equip(page);
    within.push(
      await page.evaluate((all) => {
        const { bench } = globalThis as unknown as { bench: Bench };
        const link = document.querySelector<HTMLElement>('nav a[href$="dialogues"]');
        return bench.timed(
          () => link?.click(),
          () => bench.said().startsWith(all) && bench.rowsAreThere(),
        );
      }, count),
    );
  }
  for (let i = 0; i < repeats; i++) {
    await page.goto(`${url}dialogues`, { waitUntil: 'commit' });
    await page.locator('[data-row="0"] button').waitFor({ timeout: 120_000 });
    cold.push(await page.evaluate(() => performance.now()));
  }
  return { within: timesOf(within), cold: timesOf(cold) };
}

/** Chooses values of each filter, one after the other, and takes each back. */
export async function filterTimes(page: Page, repeats: number): Promise<Record<string, Times>> {
  await equip(page);
  // What there is to choose from is read after the list.
  await page.waitForFunction(
    () => (globalThis as unknown as { bench: Bench }).bench.filterLabels().length >= 5,
  );
  const labels = await page.evaluate(() =>
    (globalThis as unknown as { bench: Bench }).bench.filterLabels(),
  );
  const times: Record<string, Times> = {};
  for (const label of labels) {
    const taken: number[] = [];
    for (let i = 1; i <= repeats; i++) {
      const pair = await page.evaluate(
        ([name, nth]) => (globalThis as unknown as { bench: Bench }).bench.filtered(name, nth),
        [label, i] as const,
      );
      taken.push(...pair);
    }
    times[label] = timesOf(taken);
  }
  return times;
}

/** Words that some dialogues say: until the first is shown, and until all were looked through. */
export async function searchTimes(page: Page, repeats: number) {
  const taken: [number, number][] = [];
  for (let i = 0; i < repeats; i++) {
    taken.push(
      await page.evaluate(() =>
        (globalThis as unknown as { bench: Bench }).bench.searched('war love'),
      ),
    );
  }
  return {
    first: timesOf(taken.map(([first]) => first)),
    all: timesOf(taken.map(([, all]) => all)),
  };
}
