import { expose } from 'comlink';
import { engineApi } from '../src/lib/engine/bridge/expose';
import { createBrowserCache } from '../src/lib/engine/files/cache';
import { createShelfSource } from '../src/lib/engine/files/shelf';
import { createFetchSource } from '../src/lib/engine/files/source';
import { WasmEngine } from '../src/lib/engine/wasm/engine';

const files = { source: createShelfSource(createFetchSource()), cache: createBrowserCache() };
expose(engineApi((options) => new WasmEngine(files, options)));
