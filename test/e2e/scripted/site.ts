import { cpSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'vite';
import { build } from '../../../src/cli/bootstrap/build.mjs';
import { startSite, type Site } from '../../../src/cli/site/server';
import type { ScriptedBehaviour } from './behaviour';

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

export interface ScriptedSite extends Site {
  /** The folder that is served. */
  folder: string;
  behave(behaviour: ScriptedBehaviour): void;
}

/** The built site, its engines' workers replaced by the scripted one. `port` 0 takes any. */
export async function startScriptedSite(
  behaviour: ScriptedBehaviour,
  port = 0,
): Promise<ScriptedSite> {
  if (!build(root, (line) => process.stderr.write(`${line}\n`))) throw new Error('no build');
  const folder = mkdtempSync(join(tmpdir(), 'interplay-scripted-'));
  const models = join(root, 'build', 'models');
  cpSync(join(root, 'build'), folder, {
    recursive: true,
    filter: (path) => path !== models,
  });
  symlinkSync(models, join(folder, 'models'));
  const workers = join(folder, '_app', 'immutable', 'workers');
  const code = await scriptedWorker();
  for (const name of readdirSync(workers)) {
    if (/^(cpu|llm)\.worker.*\.js$/.test(name)) writeFileSync(join(workers, name), code);
  }
  const behave = (now: ScriptedBehaviour) => {
    // Always as long: the server keeps the size of each file in mind.
    writeFileSync(join(folder, 'scripted.json'), JSON.stringify(now).padEnd(200));
  };
  behave(behaviour);
  const site = await startSite({ buildDir: folder, port, host: '127.0.0.1', allowNetwork: false });
  return {
    ...site,
    folder,
    behave,
    close: async () => {
      await site.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function scriptedWorker(): Promise<string> {
  const built = await bundle({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      rollupOptions: {
        input: fileURLToPath(new URL('scripted.worker.ts', import.meta.url)),
        output: { format: 'es' },
      },
    },
  });
  const chunks = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const code = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.code : []));
  if (code.length !== 1) throw new Error('The scripted worker is not one file.');
  return code.join('');
}
