import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
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

export interface SiteOptions {
  /** Any, unless named. */
  port?: number;
  /** More files of the site, each a source that is bundled. */
  modules?: Readonly<Record<string, string>>;
  /** Changes the folder before it is served. */
  prepare?: (folder: string) => Promise<void>;
}

/** A copy of the built site, its engines' workers replaced by the scripted one; `null` leaves them as they are. */
export async function startScriptedSite(
  behaviour: ScriptedBehaviour | null,
  { port = 0, modules = {}, prepare }: SiteOptions = {},
): Promise<ScriptedSite> {
  if (!build(root, (line) => process.stderr.write(`${line}\n`))) throw new Error('no build');
  const folder = mkdtempSync(join(tmpdir(), 'interplay-scripted-'));
  // Weights are large, and stay as they are.
  const weights = ['models', 'encoders'].map((name) => join(root, 'build', name));
  cpSync(join(root, 'build'), folder, {
    recursive: true,
    filter: (path) => !weights.includes(path),
  });
  for (const path of weights.filter((each) => existsSync(each))) {
    symlinkSync(path, join(folder, basename(path)));
  }
  if (behaviour) await replaceWorkers(join(folder, '_app', 'immutable', 'workers'));
  for (const [name, source] of Object.entries(modules)) {
    writeFileSync(join(folder, name), await bundled(join(root, source)));
  }
  const behave = (now: ScriptedBehaviour) => {
    // Always as long: the server keeps the size of each file in mind.
    writeFileSync(join(folder, 'scripted.json'), JSON.stringify(now).padEnd(200));
  };
  behave(behaviour ?? {});
  await prepare?.(folder);
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

async function replaceWorkers(folder: string): Promise<void> {
  const code = await bundled(fileURLToPath(new URL('scripted.worker.ts', import.meta.url)));
  for (const name of readdirSync(folder)) {
    if (/^(cpu|llm)\.worker.*\.js$/.test(name)) writeFileSync(join(folder, name), code);
  }
}

/** A module and all that it imports, as one file. */
async function bundled(source: string): Promise<string> {
  const built = await bundle({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      rollupOptions: {
        input: source,
        preserveEntrySignatures: 'strict',
        output: { format: 'es', codeSplitting: false },
      },
    },
  });
  const chunks = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  const code = chunks.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.code : []));
  if (code.length !== 1) throw new Error(`${source} did not become one file.`);
  return code.join('');
}
