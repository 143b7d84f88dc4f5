import { join } from 'node:path';
import { build } from './bootstrap/build.mjs';
import { guarded } from './exit';
import { helpText, numberOf, readOptions, textOf, type Flags } from './options';
import { startSite } from './site/server';

const flags: Flags = {
  port: { value: 'N', help: 'port to serve on; the next free one if it is taken', default: '4173' },
  host: { value: 'ADDRESS', help: 'address to serve on', default: '127.0.0.1' },
  'allow-network': {
    help: 'let the page load models and endpoints from elsewhere; every page then says so',
  },
};

/** `npm start`: builds the page where needed, and serves it until it is stopped. */
export function main(args: readonly string[], root: string): Promise<number> {
  return guarded(async () => {
    const given = readOptions(args, flags);
    if (given['help'] === true) {
      process.stdout.write(
        helpText('npm start -- [options]', 'Serves the lab on this machine.', flags),
      );
      return 0;
    }
    const port = numberOf(given, 'port', 4173, { least: 0, most: 65535 });
    const host = textOf(given, 'host') ?? '127.0.0.1';
    const allowNetwork = given['allow-network'] === true;
    const say = (line: string) => process.stderr.write(`${line}\n`);
    if (!build(root, say)) return 4;
    const site = await startSite({ buildDir: join(root, 'build'), port, host, allowNetwork });
    process.stdout.write(
      `Interplay Lab is at ${site.url}\nOpen it in a browser. Stop with Ctrl-C.\n` +
        (allowNetwork ? 'The network is allowed: the page may load from elsewhere.\n' : ''),
    );
    await interrupted();
    await site.close();
    return 0;
  });
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => {
      resolve();
    });
    process.once('SIGTERM', () => {
      resolve();
    });
  });
}
