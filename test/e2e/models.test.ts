import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv from 'sirv';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toyManifest } from '../support/toy-models';
import { foreign, openLab, root, type OpenLab } from './lab';

let folder = '';
let server: Server;
let lab: OpenLab | undefined;

/** A model's folder, and another site that serves it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interplay-models-'));
  const main = join(folder, 'toy/resolve/main');
  await mkdir(main, { recursive: true });
  await cp(join(root, 'test/golden/toy-artifact'), main, { recursive: true });
  await rm(join(main, 'expected-gguf.json'));
  await writeFile(join(folder, 'toy/manifest.json'), await toyManifest());
  await writeFile(join(folder, 'toy/README.md'), '# Toy\n\n<img src=x onerror=alert(1)>');
  const allow = { 'Access-Control-Allow-Origin': '*' };
  const files = sirv(folder, {
    setHeaders: (response) => {
      for (const [name, value] of Object.entries(allow)) response.setHeader(name, value);
    },
  });
  server = createServer((request, response) => {
    files(request, response, () => {
      response.writeHead(404, allow).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await lab?.close();
  lab = undefined;
});

const panel = ({ page }: OpenLab, title: string) => page.getByRole('article', { name: title });

describe('the models page', () => {
  it('is reached from the header, and tells hash, seats and room', async () => {
    lab = await openLab();
    const { page, site } = lab;
    await page.goto(site.url);
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(0);
    const first = page.getByRole('article').first();
    expect(await first.innerText()).toMatch(/[0-9a-f]{64}/);
    expect(await page.getByText('in the user’s seat').count()).toBe(1);
    expect(await page.getByText('Not kept in this browser yet').count()).toBeGreaterThan(0);
    await page.getByText(/All that this site keeps/).waitFor();
    await page.getByText(/may connect to no other address/).waitFor();
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
  });

  it('adds a model from a folder, offers it in both seats, and lets go of it', async () => {
    lab = await openLab();
    const { page, site } = lab;
    await page.goto(`${site.url}models`);
    const choosing = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'From a folder' }).click();
    await (await choosing).setFiles(join(folder, 'toy'));
    await panel(lab, 'Toy').getByText('WebAssembly only').waitFor();
    await panel(lab, 'Toy').getByRole('button', { name: 'Model card' }).click();
    await page.getByText('<img src=x onerror=alert(1)>').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'Talk' }).click();
    const seat = page.getByLabel('User’s model');
    await expect.poll(() => seat.innerText()).toContain('Toy (zero-shot)');
    await page.reload();
    await expect.poll(() => seat.innerText()).toContain('Toy (zero-shot)');
    await page.getByRole('link', { name: 'Models' }).click();
    await panel(lab, 'Toy').getByRole('button', { name: 'Delete from this browser' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await expect.poll(() => page.getByRole('article', { name: 'Toy' }).count()).toBe(0);
    expect(lab.complaints).toEqual([]);
    expect(foreign(lab)).toEqual([]);
  });

  it('adds a model by its address where the policy lets it', async () => {
    lab = await openLab({ allowNetwork: true });
    const { page, site } = lab;
    await page.goto(`${site.url}models`);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const field = page.getByLabel('Address of its folder');
    await field.fill(`http://127.0.0.1:${String(port)}/nowhere`);
    await page.getByRole('button', { name: 'Fetch and add' }).click();
    await page.getByText(/A model file is missing/).waitFor();
    await field.fill(`http://127.0.0.1:${String(port)}/toy/`);
    await page.getByRole('button', { name: 'Fetch and add' }).click();
    await panel(lab, 'Toy').getByText('Kept in this browser').waitFor();
  });
});
