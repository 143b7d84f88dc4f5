import type { Browser, Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds: on the clock, and of the processor. */
  dur?: number;
  tdur?: number;
  args?: { name?: string };
}

/** Longest tasks of the page's main thread, in milliseconds. */
export interface Blocking {
  seconds: number;
  turns: number;
  tasks: number;
  longestWall: number;
  /** Without the time in which other programs had the processor. */
  longestCpu: number;
  over50: number;
  over100: number;
}

/** Lets a run go on the scripted engine, and traces the main thread: on the page of the runs, and on the list meanwhile. */
export async function measureBlocking(
  browser: Browser,
  page: Page,
  url: string,
  seconds: number,
): Promise<Record<'runs' | 'dialogues', Blocking>> {
  await page.goto(`${url}runs`);
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  await page.getByLabel('Profiles', { exact: true }).fill('223');
  await page.getByLabel('Dialogues per profile').fill('4');
  await page.getByLabel('Dialogues per profile').blur();
  await page.getByRole('button', { name: 'Add and start' }).click();
  await page.getByText('an hour').first().waitFor({ timeout: 120_000 });
  const runs = await traced(browser, page, seconds);
  await page.getByRole('link', { name: 'Dialogues', exact: true }).first().click();
  await page.locator('[data-row="3"] button').waitFor({ timeout: 120_000 });
  const dialogues = await traced(browser, page, seconds);
  return { runs, dialogues };
}

const turnsStored = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('interplay-lab');
        opening.addEventListener('error', () => {
          reject(new Error(String(opening.error)));
        });
        opening.addEventListener('success', () => {
          const count = opening.result.transaction('turns').objectStore('turns').count();
          count.addEventListener('success', () => {
            opening.result.close();
            resolve(count.result);
          });
        });
      }),
  );

async function traced(browser: Browser, page: Page, seconds: number): Promise<Blocking> {
  const before = await turnsStored(page);
  await browser.startTracing(page, {
    categories: ['-*', 'disabled-by-default-devtools.timeline', '__metadata'],
  });
  await new Promise((done) => setTimeout(done, seconds * 1000));
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[];
  };
  const turns = (await turnsStored(page)) - before;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
  );
  const tasks = traceEvents.filter(
    ({ name, pid, tid }) => name === 'RunTask' && mains.has(`${String(pid)} ${String(tid)}`),
  );
  const milliseconds = (values: number[]) =>
    Number((values.reduce((most, value) => Math.max(most, value), 0) / 1000).toPrecision(3));
  const wall = tasks.map(({ dur = 0 }) => dur);
  return {
    seconds,
    turns,
    tasks: tasks.length,
    longestWall: milliseconds(wall),
    longestCpu: milliseconds(tasks.map(({ tdur = 0 }) => tdur)),
    over50: wall.filter((dur) => dur > 50_000).length,
    over100: wall.filter((dur) => dur > 100_000).length,
  };
}
