import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { softwareGpuArgs } from '../../src/cli/browser/chromium';
import { foreign, openLab, root, type OpenLab } from './lab';

let lab: OpenLab | undefined;
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const minutes = 60_000;
/** As long as bar 2 asks for; else in small. */
const full = process.env['INTERPLAY_BARS'] === 'full';

/** Chooses the engine and the length, and lets them talk until the outcome is there. */
async function talk({ page, site }: OpenLab, engine: string, turns: number): Promise<void> {
  await page.goto(site.url);
  await page.getByLabel('Engine', { exact: true }).selectOption({ label: engine });
  await page.getByLabel('Most turns').fill(String(turns));
  await page.getByLabel('Most turns').blur();
  await page.getByRole('button', { name: 'Let them talk' }).first().click();
}

const spoken = ({ page }: OpenLab) => page.locator('ol.turns > li');

describe('the page with the real model', () => {
  it('holds a dialogue on wasm by its one button; a reload keeps every turn', async () => {
    lab = await openLab();
    const length = full ? 6 : 4;
    await talk(lab, 'WebAssembly (CPU)', length);
    const turns = spoken(lab);
    await expect.poll(() => turns.count(), { timeout: 10 * minutes, interval: 500 }).toBe(length);
    await lab.page.getByRole('button', { name: 'Let them talk again' }).first().waitFor();
    const before = await turns.allInnerTexts();
    await lab.page.reload();
    await expect.poll(() => turns.count(), { timeout: minutes }).toBe(length);
    expect(await turns.allInnerTexts()).toEqual(before);
    // What the engine needs without a network, beside the weights.
    const kept = await lab.page.evaluate(async () => {
      const requests = await Promise.all(
        (await caches.keys()).map(async (name) => (await caches.open(name)).keys()),
      );
      return requests.flat().map(({ url }) => url);
    });
    expect(kept.filter((url) => /wllama[^/]*\.wasm$/.test(url))).toHaveLength(1);
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
    expect(lab.requested.length).toBeGreaterThan(10);
  });

  it('says why, where the wasm engine’s program cannot be fetched', async () => {
    lab = await openLab();
    await lab.page.context().route(/wllama[^/]*\.wasm$/, (route) => route.abort());
    await talk(lab, 'WebAssembly (CPU)', 2);
    const told = lab.page.getByRole('alert').getByText('connect once, then try again');
    await told.waitFor({ timeout: 2 * minutes });
  });

  it('talks through web-llm on the software adapter, where a turn takes minutes', async () => {
    lab = await openLab({ args: softwareGpuArgs });
    await talk(lab, 'WebGPU', 2);
    const turns = spoken(lab);
    await expect
      .poll(() => turns.count(), { timeout: 10 * minutes, interval: 500 })
      .toBeGreaterThanOrEqual(full ? 2 : 1);
    expect((await turns.first().innerText()).trim()).not.toBe('');
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
  });
});

describe('the policy of the page', () => {
  const reach = async (url: string) => {
    try {
      await fetch(url, { mode: 'no-cors' });
      return true;
    } catch {
      return false;
    }
  };

  it('lets nothing reach another address, and says so', async () => {
    lab = await openLab();
    const other = await openLab();
    try {
      await lab.page.goto(lab.site.url);
      await lab.page.getByText('Nothing leaves this machine').first().waitFor();
      expect(await lab.page.evaluate(reach, other.site.url)).toBe(false);
      expect(lab.complaints.join()).toContain('Content Security Policy');
    } finally {
      await other.close();
    }
  });

  it('goes with every worker too, which a policy in the page does not reach', async () => {
    lab = await openLab();
    const folder = '_app/immutable/workers';
    const scripts = readdirSync(join(root, 'build', folder)).filter((name) => name.endsWith('.js'));
    const kinds = scripts.map((name) => name.slice(0, name.indexOf('.')));
    expect(kinds.sort()).toEqual(['cpu', 'llm', 'metrics']);
    for (const script of scripts) {
      const { headers } = await fetch(`${lab.site.url}${folder}/${script}`);
      expect(headers.get('content-security-policy')).toContain("connect-src 'self' blob:;");
    }
  });

  it('is another with --allow-network, and the badge says so', async () => {
    lab = await openLab({ allowNetwork: true });
    const other = await openLab();
    try {
      await lab.page.goto(lab.site.url);
      await lab.page.getByText('Network allowed').first().waitFor();
      const refused = () =>
        lab?.complaints.filter((text) => text.includes('Content Security Policy'));
      await lab.page.evaluate(reach, other.site.url);
      expect(refused()).toEqual([]);
    } finally {
      await other.close();
    }
  });
});
