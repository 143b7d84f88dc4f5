/**
 * Bar app-7: the scripts of each page's first load, and what Lighthouse says of each page. Lighthouse is fetched by npx:
 * it is no dependency.
 * Usage: npx tsx test/bars/app/first-load.ts
 * Writes test/bars/app/first-load.json.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireChromium } from '../../../src/cli/browser/chromium';
import { runProcess } from '../../../src/cli/tasks/process';
import { openLab, root } from '../../e2e/lab';
import { firstLoad } from '../../support/first-load';
import { everyPath } from '../../support/pages';
import { machineText } from '../runner/record';

const version = '12.8.2';

interface LighthouseReport {
  categories: Record<string, { score: number | null }>;
  audits: Record<
    string,
    { id: string; title: string; score: number | null; scoreDisplayMode: string }
  >;
}

const folder = mkdtempSync(join(tmpdir(), 'interplay-lighthouse-'));
const lab = await openLab();
const pages: Record<string, object> = {};
try {
  for (const path of everyPath) {
    const url = new URL(path, lab.site.url).href;
    // A visit of its own: nothing is cached, no service worker is there.
    const context = await lab.page.context().browser()?.newContext();
    const page = await context?.newPage();
    if (!context || !page) throw new Error('no browser');
    await page.goto(url);
    await page.locator('h1').first().waitFor({ timeout: 120_000 });
    await page.getByText('Opening the catalogue').waitFor({ state: 'detached', timeout: 120_000 });
    const scripts = await firstLoad(page, join(root, 'build'));
    await context.close();
    pages[path] = { scripts, ...(await lighthouse(url)) };
    process.stdout.write(`${path} ${JSON.stringify(pages[path])}\n`);
  }
} finally {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
}
const result = { lighthouse: version, pages, machine: machineText() };
writeFileSync(
  join('test', 'bars', 'app', 'first-load.json'),
  `${JSON.stringify(result, null, 2)}\n`,
);

async function lighthouse(url: string) {
  const out = join(folder, 'report.json');
  const { code } = await runProcess(
    'npx',
    [
      '--yes',
      `lighthouse@${version}`,
      url,
      '--quiet',
      '--output=json',
      `--output-path=${out}`,
      '--only-categories=accessibility,best-practices',
      '--max-wait-for-load=180000',
      '--chrome-flags=--headless=new --no-sandbox',
    ],
    { cwd: root, env: { CHROME_PATH: requireChromium() } },
  );
  if (code !== 0) throw new Error(`Lighthouse ended with ${String(code)} on ${url}.`);
  const report = JSON.parse(readFileSync(out, 'utf8')) as LighthouseReport;
  const score = (name: string) => Math.round((report.categories[name]?.score ?? 0) * 100);
  const failed = Object.values(report.audits)
    .filter(
      (audit) => audit.scoreDisplayMode === 'binary' && audit.score !== null && audit.score < 1,
    )
    .map(({ id }) => id);
  return { accessibility: score('accessibility'), bestPractices: score('best-practices'), failed };
}
