import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromiumArgs, requireChromium } from '../../src/cli/browser/chromium';
import { toyManifest } from '../support/toy-models';
import { readStored } from '../support/stored';
import { root } from './lab';
import { startScriptedSite, type ScriptedSite } from './scripted/site';
import { messages } from './trouble-messages';

let site: ScriptedSite;
let browser: Browser;
let context: BrowserContext;
beforeAll(async () => {
  site = await startScriptedSite({ delay: [20, 60] });
  browser = await chromium.launch({
    executablePath: requireChromium(),
    args: [...chromiumArgs],
  });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});
afterEach(() => context.close());

async function openRuns(): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.url}runs`);
  return page;
}

/** Queues so many dialogues of six turns and sets them going. */
async function startRun(page: Page, profiles: number): Promise<void> {
  await page.getByRole('heading', { name: 'Queue' }).waitFor();
  for (const [label, value] of [
    ['Profiles', profiles],
    ['Most turns', 6],
  ] as const) {
    await page.getByLabel(label, { exact: true }).fill(String(value));
    await page.getByLabel(label, { exact: true }).blur();
  }
  await page.getByRole('button', { name: 'Add and start' }).click();
}

const sees = (page: Page, message: string) => page.getByText(message).first().waitFor();
const isDone = (page: Page) => page.getByText('Done', { exact: true }).first().waitFor();
const press = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first().click();

describe('what a visitor is told', () => {
  it('when there is no room: the run waits with all its turns, and goes on when there is', async () => {
    context = await browser.newContext();
    const page = await openRuns();
    await startRun(page, 8);
    await expect.poll(async () => (await readStored(page)).turns.length).toBeGreaterThan(3);
    // As a browser does whose quota is used up; its own bookkeeping notices only after half a minute.
    await page.evaluate(() => {
      const { add } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.add = () => {
        throw new DOMException('for the test', 'QuotaExceededError');
      };
      Object.assign(globalThis, {
        makeRoom: () => (IDBObjectStore.prototype.add = add),
      });
    });
    await sees(page, messages.full);
    const held = (await readStored(page)).turns;
    await page.evaluate(() => {
      (globalThis as unknown as { makeRoom(): void }).makeRoom();
    });
    await press(page, 'Go on');
    await isDone(page);
    const { turns, dialogues } = await readStored(page);
    expect(turns).toEqual(expect.arrayContaining([...held]));
    expect(dialogues.filter(({ status }) => status === 'running')).toEqual([]);
    expect(dialogues).toHaveLength(8);
  });

  it('when the GPU is lost in the middle of a turn: the turn is asked for again', async () => {
    context = await browser.newContext();
    site.behave({ loseAt: 2 });
    const page = await openRuns();
    await startRun(page, 3);
    await sees(page, messages.recovered);
    await isDone(page);
    const { dialogues } = await readStored(page);
    expect(dialogues).toHaveLength(3);
    expect(dialogues.filter(({ resumed }) => resumed)).toHaveLength(1);
    expect(dialogues.map(({ status }) => status)).not.toContain('failed');
  });

  it('when another tab runs it: this one watches, and can go on when that one is gone', async () => {
    context = await browser.newContext();
    site.behave({ delay: [60, 120] });
    const first = await openRuns();
    await startRun(first, 40);
    await expect.poll(async () => (await readStored(first)).turns.length).toBeGreaterThan(1);
    const second = await openRuns();
    await sees(second, messages.elsewhere);
    expect(await second.getByRole('button', { name: 'Pause' }).count()).toBe(0);
    await first.close();
    await sees(second, messages.interrupted);
    await second.getByRole('button', { name: 'Go on', exact: true }).first().waitFor();
  });

  it('when the tab is in the background: timers may sleep, the run goes on', async () => {
    context = await browser.newContext();
    site.behave({ delay: [5, 10] });
    const page = await openRuns();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    // Harder than any browser: from now on no timer of the page fires, and nothing is drawn.
    await page.evaluate(() => {
      Object.assign(globalThis, { setTimeout: () => 0, setInterval: () => 0 });
      Object.assign(globalThis, { requestAnimationFrame: () => 0 });
    });
    await startRun(page, 4);
    await expect
      .poll(async () => (await readStored(page)).queue.map(({ status }) => status))
      .toEqual(['done']);
    expect((await readStored(page)).dialogues).toHaveLength(4);
  });

  it('when another tab holds an older database, and when that cannot be taken over', async () => {
    context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(`${site.url}icon.svg`);
    const openAt = (version: number) =>
      other.evaluate(
        (wanted) =>
          new Promise<void>((resolve, reject) => {
            const opening = indexedDB.open('interplay-lab', wanted);
            opening.addEventListener('success', () => {
              resolve();
            });
            opening.addEventListener('error', () => {
              reject(new Error(String(opening.error)));
            });
          }),
        version,
      );
    await openAt(1);
    const page = await openRuns();
    await sees(page, messages.blocked);
    await other.close();
    await page.reload();
    // An empty database of version 1 has nothing to migrate from, which is told too: nothing is thrown away.
    await sees(page, messages.upgrade);
  });

  it('when the data is of a newer version', async () => {
    context = await browser.newContext();
    const other = await context.newPage();
    await other.goto(`${site.url}icon.svg`);
    await other.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('interplay-lab', 1000);
          opening.addEventListener('success', () => {
            opening.result.close();
            resolve();
          });
        }),
    );
    const page = await openRuns();
    await sees(page, messages.newer);
  });
});

/** Only a tiny model, one byte of which is another than its manifest says. */
async function damagedToy(folder: string): Promise<void> {
  const models = join(folder, 'models');
  // A link to the models of the site, which stay as they are.
  rmSync(models);
  const main = join(models, 'toy/resolve/main');
  cpSync(join(root, 'test/golden/toy-artifact'), main, { recursive: true });
  writeFileSync(join(models, 'toy/manifest.json'), await toyManifest());
  const shard = join(main, 'params_shard_1.bin');
  const bytes = readFileSync(shard);
  bytes[5000] = (bytes[5000] ?? 0) ^ 1;
  writeFileSync(shard, bytes);
  const entry = { id: 'toy', title: 'Toy', manifest: 'toy/manifest.json', bytes: 1 };
  writeFileSync(join(models, 'index.json'), JSON.stringify({ models: [entry] }));
}

describe('a model whose file is damaged', () => {
  it('is refused, the file named, before a word is said', async () => {
    const damaged = await startScriptedSite(null, { prepare: damagedToy });
    try {
      context = await browser.newContext();
      const page = await context.newPage();
      await page.goto(damaged.url);
      await page.getByRole('button', { name: 'Let them talk' }).first().click();
      await sees(page, messages.corrupt);
      expect(await page.locator('ol.turns > li').count()).toBe(0);
    } finally {
      await damaged.close();
    }
  });
});
