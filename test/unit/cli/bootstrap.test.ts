import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inputsHash } from '../../../src/cli/bootstrap/build.mjs';
import { isInstalled } from '../../../src/cli/bootstrap/install.mjs';
import { exclusively } from '../../../src/cli/bootstrap/lock.mjs';
import { nodeProblem } from '../../../src/cli/bootstrap/node-version.mjs';

describe('the Node version', () => {
  it.each(['20.19.0', '20.20.2', '22.13.0', '22.30.1', '24.0.0', '26.1.0'])(
    '%s will do',
    (version) => {
      expect(nodeProblem(version)).toBeNull();
    },
  );
  it.each(['18.20.0', '20.18.3', '21.7.0', '22.12.0', '23.11.0'])('%s will not', (version) => {
    expect(nodeProblem(version)).toContain(version);
  });
});

describe('what has to be done before a task', () => {
  let root = '';
  const write = async (path: string, content: unknown) => {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(
      join(root, path),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  };
  const lock = (packages: Record<string, object>) => ({ packages: { '': {}, ...packages } });
  const a = { version: '1.0.0', integrity: 'x' };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'interplay-root-'));
    await write('package-lock.json', lock({ 'node_modules/a': a }));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('installs when nothing is installed, or another version is', async () => {
    expect(isInstalled(root)).toBe(false);
    await write(
      'node_modules/.package-lock.json',
      lock({ 'node_modules/a': { ...a, version: '0.9.0' } }),
    );
    expect(isInstalled(root)).toBe(false);
    await write('node_modules/.package-lock.json', lock({ 'node_modules/a': a }));
    expect(isInstalled(root)).toBe(true);
  });

  it('does not miss packages for other platforms, or mind others', async () => {
    await write(
      'package-lock.json',
      lock({ 'node_modules/a': a, 'node_modules/for-windows': { ...a, optional: true } }),
    );
    await write(
      'node_modules/.package-lock.json',
      lock({ 'node_modules/a': a, 'node_modules/by-hand': a }),
    );
    expect(isInstalled(root)).toBe(true);
  });

  it('builds again after a change of a source, a setting or a static file, and only then', async () => {
    for (const file of ['svelte.config.js', 'vite.config.ts', 'tsconfig.json'])
      await write(file, '1');
    await write('src/routes/page.ts', 'one');
    await write('static/a.json', '{}');
    const hashes = [inputsHash(root)];
    const changed = async (path: string, content: string) => {
      await write(path, content);
      hashes.push(inputsHash(root));
    };
    await changed('src/routes/page.ts', 'two');
    await changed('vite.config.ts', '2');
    await changed('static/b.json', '{}');
    await changed('workers/new.ts', '');
    expect(new Set(hashes).size).toBe(hashes.length);
    await changed('src/cli/simulate.ts', 'the command is no part of the site');
    expect(hashes.at(-1)).toBe(hashes.at(-2));
    const copy = await mkdtemp(join(tmpdir(), 'interplay-copy-'));
    await cp(root, copy, { recursive: true });
    for (const file of ['static/a.json', 'static/b.json']) {
      for (const place of [root, copy]) await utimes(join(place, file), 1000, 1000);
    }
    expect(inputsHash(copy)).toBe(inputsHash(root));
    await rm(copy, { recursive: true, force: true });
  });
});

describe('a lock between processes', () => {
  it('is given back after work and after an error, and taken from the dead', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interplay-lock-'));
    const lock = join(folder, 'deep', 'lock');
    expect(exclusively(lock, () => 1)).toBe(1);
    expect(() =>
      exclusively(lock, () => {
        throw new Error('broken');
      }),
    ).toThrow('broken');
    await mkdir(lock, { recursive: true });
    // No process has this number: it is beyond what any system gives.
    await writeFile(join(lock, 'pid'), String(2 ** 30));
    expect(exclusively(lock, () => 2)).toBe(2);
    await rm(folder, { recursive: true, force: true });
  });

  it('is waited for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interplay-lock-'));
    const module = fileURLToPath(new URL('../../../src/cli/bootstrap/lock.mjs', import.meta.url));
    const log = join(folder, 'log');
    const script = `
      import { appendFileSync } from 'node:fs';
      import { exclusively } from ${JSON.stringify(pathToFileURL(module).href)};
      exclusively(${JSON.stringify(join(folder, 'lock'))}, () => {
        appendFileSync(${JSON.stringify(log)}, 'in ');
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
        appendFileSync(${JSON.stringify(log)}, 'out ');
      });`;
    const run = () =>
      new Promise((resolve) => {
        spawn(process.execPath, ['--input-type=module', '-e', script]).once('close', resolve);
      });
    expect(await Promise.all([run(), run(), run()])).toEqual([0, 0, 0]);
    expect(await readFile(log, 'utf8')).toBe('in out in out in out ');
    await rm(folder, { recursive: true, force: true });
  });
});
