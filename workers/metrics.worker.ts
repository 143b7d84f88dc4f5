import { expose } from 'comlink';
import { createBrowserCache, encoderCacheName } from '../src/lib/engine/files/cache';
import { createFetchSource } from '../src/lib/engine/files/source';
import { startBrowserSession } from '../src/lib/metrics/embedding/browser-session';
import { findEncoder } from '../src/lib/metrics/embedding/find-encoder';
import { metricsApi } from '../src/lib/metrics/bridge/expose';
import { createKeptResults } from '../src/lib/metrics/bridge/kept-results';

const files = {
  source: createFetchSource(),
  cache: createBrowserCache(undefined, encoderCacheName),
};
// The bundler names this script by its content, and with it the metrics' version; in development it does not.
const version = /metrics\.worker-([\w-]+)\.js$/.exec(globalThis.location.pathname)?.[1];
expose(
  metricsApi({
    findEncoder: (address, signal) => findEncoder(files, startBrowserSession, address, signal),
    kept: version === undefined ? undefined : createKeptResults(version),
  }),
);
