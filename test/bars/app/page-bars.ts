import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Blocking } from '../../bench/archive-blocking';
import type { Times } from '../../bench/archive-times';
import type { FirstLoad } from '../../support/first-load';
import { everyPath } from '../../support/pages';
import type { Bar } from '../runner/bars';
import { readJson, script, vitest } from '../runner/commands';
import { screenshotName, screenshotWidths } from './screenshot-names';

const shown = ['src/routes', 'src/lib/ui', 'src/lib/state', 'src/app.html'];
const everyPage = 'test/e2e/every-page.test.ts';

const accessible: Bar = {
  set: 'app',
  number: 5,
  title:
    'axe: 0 violations on every page, light, dark and high contrast; a run by keyboard; screenshots at both widths',
  inputs: [...shown, everyPage, 'docs/screenshots'],
  measure: async (root) => {
    const { passed, failed } = await vitest(root, 'e2e', [everyPage]);
    const names = everyPath.flatMap((path) =>
      screenshotWidths.map((width) => screenshotName(path, width, 'light')),
    );
    const missing = names.filter((name) => !existsSync(join(root, 'docs', 'screenshots', name)));
    return {
      passed: failed === 0 && passed >= everyPath.length + 2 && missing.length === 0,
      figures: {
        'pages without a violation': failed === 0 ? everyPath.length : 'not all',
        'a run by keyboard alone': failed === 0 ? 'yes' : 'not certain',
        screenshots: `${String(names.length - missing.length)} of ${String(names.length)}`,
      },
      n: `${String(everyPath.length)} pages, 4 colour schemes, 2 widths`,
      seed: null,
      command: `npx vitest run --project e2e ${everyPage}`,
      ...(missing.length > 0 ? { detail: { missing } } : {}),
    };
  },
};

const archiveFile = 'test/bench/archive-cost.ts';

interface ArchiveResult {
  dialogues: number;
  turns: number;
  repeats: number;
  opens: { within: Times; cold: Times };
  filters: Record<string, Times>;
  search: { first: Times; all: Times };
  blocking: Record<'runs' | 'dialogues', Blocking>;
}

const archive: Bar = {
  set: 'app',
  number: 6,
  title:
    '20,000 dialogues: the list opens < 1 s, a filter < 200 ms, the main thread is never held > 100 ms by a run',
  inputs: [
    'src/lib/store',
    'src/lib/state',
    'src/lib/dialogue',
    'src/routes/dialogues',
    'src/routes/runs',
    'src/lib/ui/dialogues',
    'test/bench/archive-seed.ts',
    archiveFile,
  ],
  measure: async (root) => {
    const code = await script(root, archiveFile);
    if (code !== 0) throw new Error('The list could not be measured; see above.');
    const result = readJson(root, '../bench/archive-cost.json') as unknown as ArchiveResult;
    const filters = Object.values(result.filters);
    const slowest = Math.max(...filters.map(({ median }) => median));
    const held = Object.values(result.blocking);
    return {
      passed:
        result.dialogues >= 20_000 &&
        result.opens.within.median < 1000 &&
        filters.length >= 5 &&
        slowest < 200 &&
        held.every(({ over100, turns }) => over100 === 0 && turns > 0),
      figures: {
        'list opens, ms': result.opens.within.median,
        'by its address, the catalogue with it, ms': result.opens.cold.median,
        'slowest filter, ms': slowest,
        'search, first and all, ms': `${String(result.search.first.median)}, ${String(result.search.all.median)}`,
        'longest task of a run, ms': Math.max(...held.map(({ longestWall }) => longestWall)),
        'of the processor, ms': Math.max(...held.map(({ longestCpu }) => longestCpu)),
      },
      n: `${String(result.dialogues)} dialogues, ${String(result.turns)} turns; medians of ${String(result.repeats)}; ${String(held.reduce((sum, { turns }) => sum + turns, 0))} turns of a run`,
      seed: 1,
      command: `npx tsx ${archiveFile}`,
    };
  },
};

const firstLoadFile = 'test/bars/app/first-load.ts';

interface PageResult {
  scripts: FirstLoad;
  accessibility: number;
  bestPractices: number;
}

const light: Bar = {
  set: 'app',
  number: 7,
  title:
    'First load <= 250 kB of compressed scripts; Lighthouse accessibility and best practices >= 95',
  inputs: ['src', 'workers', 'package-lock.json', 'vite.config.ts', firstLoadFile],
  measure: async (root) => {
    const code = await script(root, firstLoadFile);
    if (code !== 0) throw new Error('Lighthouse could not be run; see above.');
    const { pages } = readJson(root, 'app/first-load.json') as unknown as {
      pages: Record<string, PageResult>;
    };
    const all = Object.values(pages);
    const kilobytes = (bytes: number) => Math.round(bytes / 1000);
    const least = (of: (page: PageResult) => number) => Math.min(...all.map(of));
    return {
      passed:
        all.length === everyPath.length &&
        all.every(({ scripts }) => scripts.gzip <= 250_000) &&
        least(({ accessibility }) => accessibility) >= 95 &&
        least(({ bestPractices }) => bestPractices) >= 95,
      figures: {
        'first page, kB gzip': kilobytes(pages['/']?.scripts.gzip ?? NaN),
        'first page, kB brotli': kilobytes(pages['/']?.scripts.brotli ?? NaN),
        'heaviest page, kB gzip': kilobytes(Math.max(...all.map(({ scripts }) => scripts.gzip))),
        'accessibility, least': least(({ accessibility }) => accessibility),
        'best practices, least': least(({ bestPractices }) => bestPractices),
      },
      n: `${String(all.length)} pages`,
      seed: null,
      command: `npx tsx ${firstLoadFile}`,
      detail: { pages },
    };
  },
};

export const pageBars: readonly Bar[] = [accessible, archive, light];
