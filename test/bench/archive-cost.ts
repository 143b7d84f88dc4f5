/**
 * What 20,000 stored dialogues cost the page, and how long a run holds its main thread: in Chromium, on the built site.
 * Usage: npx tsx test/bench/archive-cost.ts [--n 20000] [--repeats 5] [--seconds 20]
 * Writes test/bench/archive-cost.json.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { chromiumArgs, requireChromium } from '../../src/cli/browser/chromium';
import { machineText } from '../bars/runner/record';
import { startScriptedSite } from '../e2e/scripted/site';
import { measureBlocking } from './archive-blocking';
import { filterTimes, median, openTimes, searchTimes } from './archive-times';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '20000' },
    repeats: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '20' },
  },
});
const n = Number(values.n);
const repeats = Number(values.repeats);
const site = await startScriptedSite(
  { delay: [5, 30] },
  {
    modules: {
      'archive-seed.js': 'test/bench/archive-seed.ts',
      'archive-page.js': 'test/bench/archive-page.ts',
    },
  },
);
const browser = await chromium.launch({
  executablePath: requireChromium(),
  args: [...chromiumArgs],
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.setDefaultTimeout(180_000);
  await page.goto(`${site.url}dialogues`);
  await page.getByRole('heading', { name: 'Dialogues', level: 1 }).waitFor();
  const seeded = await page.evaluate(async (count) => {
    const address = '/archive-seed.js';
    const { seed } = (await import(address)) as { seed(n: number): Promise<number> };
    return seed(count);
  }, n);
  process.stdout.write(`${String(n)} dialogues stored in ${(seeded / 1000).toFixed(1)} s\n`);
  const opens = await openTimes(page, site.url, n, repeats);
  const filters = await filterTimes(page, repeats);
  const search = await searchTimes(page, repeats);
  const blocking = await measureBlocking(browser, page, site.url, Number(values.seconds));
  const result = {
    dialogues: n,
    turns: n * 10,
    repeats,
    unit: 'milliseconds, from the click until the rows are on the screen',
    opens,
    filters,
    search,
    blocking,
    /** Within one run, so that another machine can be compared. */
    ratios: {
      'filter against opening the list': Number(
        (
          median(Object.values(filters).map(({ median: each }) => each)) / opens.within.median
        ).toPrecision(3),
      ),
    },
    machine: machineText(),
    command: `npx tsx test/bench/archive-cost.ts --n ${String(n)}`,
  };
  writeFileSync(
    new URL('archive-cost.json', import.meta.url),
    `${JSON.stringify(result, null, 2)}\n`,
  );
  console.dir(result, { depth: null });
} finally {
  await browser.close();
  await site.close();
}
