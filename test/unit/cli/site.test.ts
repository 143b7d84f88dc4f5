import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSite, type Site } from '../../../src/cli/site/server';

const policy = `<meta http-equiv="content-security-policy" content="default-src 'self'; connect-src 'self' blob:; base-uri 'self'">`;
const html = (name: string) =>
  `<!doctype html><html><head>${policy}</head><body>${name}</body></html>`;

let buildDir = '';
let sites: Site[] = [];
beforeEach(async () => {
  buildDir = await mkdtemp(join(tmpdir(), 'interplay-site-'));
  const files: Record<string, string> = {
    'index.html': html('home'),
    'engine.html': html('engine'),
    '404.html': html('missing'),
    '_app/immutable/x.js': 'export {}',
    'models/a.wasm': 'wasm',
    '.inputs': 'secret stamp',
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(buildDir, path, '..'), { recursive: true });
    await writeFile(join(buildDir, path), text);
  }
});
afterEach(async () => {
  await Promise.all(sites.map((site) => site.close()));
  sites = [];
  await rm(buildDir, { recursive: true, force: true });
});

async function start(allowNetwork = false, port = 0): Promise<Site> {
  const site = await startSite({ buildDir, port, host: '127.0.0.1', allowNetwork });
  sites.push(site);
  return site;
}

describe('the static server', () => {
  it('serves pages with cross-origin isolation', async () => {
    const { url } = await start();
    for (const [path, name] of [
      ['', 'home'],
      ['engine', 'engine'],
      ['engine/?a=1', 'engine'],
    ] as const) {
      const response = await fetch(`${url}${path}`);
      expect(response.status).toBe(200);
      expect(await response.text()).toContain(name);
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });

  it('answers what there is not with the page for it, and never leaves its folder', async () => {
    const { url } = await start();
    for (const path of ['nothing', '.inputs', '..%2f..%2fetc%2fpasswd', '%2e%2e/package.json']) {
      const response = await fetch(`${url}${path}`);
      expect(response.status, path).toBe(404);
      expect(await response.text()).toContain('missing');
    }
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  it('lets hashed files be kept for good, all others be asked for again, and gives ranges', async () => {
    const { url } = await start();
    const hashed = await fetch(`${url}_app/immutable/x.js`);
    expect(hashed.headers.get('cache-control')).toContain('immutable');
    const model = await fetch(`${url}models/a.wasm`);
    expect(model.headers.get('content-type')).toBe('application/wasm');
    expect(model.headers.get('cache-control')).toBe('no-cache');
    const etag = model.headers.get('etag') ?? '';
    const again = await fetch(`${url}models/a.wasm`, { headers: { 'If-None-Match': etag } });
    expect(again.status).toBe(304);
    const part = await fetch(`${url}models/a.wasm`, { headers: { Range: 'bytes=1-2' } });
    expect([part.status, await part.text()]).toEqual([206, 'as']);
    const page = await fetch(url);
    const same = await fetch(url, { headers: { 'If-None-Match': page.headers.get('etag') ?? '' } });
    expect(same.status).toBe(304);
  });

  it('gives way to the next free port', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    const second = await start(false, port);
    expect(Number(new URL(second.url).port)).toBeGreaterThan(port);
  });

  it('opens the policy only when asked to, and nothing else of it', async () => {
    const closed = await (await fetch((await start()).url)).text();
    const open = await (await fetch((await start(true)).url)).text();
    expect(closed).toContain("connect-src 'self' blob:;");
    expect(open).toContain("connect-src 'self' blob: https:");
    expect(open).toContain("default-src 'self'; ");
    expect(open).toContain("base-uri 'self'");
  });

  it('refuses to open a page without a policy, and to serve what is not built', async () => {
    await writeFile(join(buildDir, 'index.html'), '<html><head></head></html>');
    await expect(start(true)).rejects.toMatchObject({ code: 'internal' });
    await rm(join(buildDir, 'index.html'));
    await expect(start()).rejects.toMatchObject({ code: 'bad-config' });
  });
});
