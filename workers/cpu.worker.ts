import { expose } from 'comlink';
import { engineApi } from '../src/lib/engine/bridge/expose';
import { createBrowserCache } from '../src/lib/engine/files/cache';
import { createFetchSource } from '../src/lib/engine/files/source';
import { WasmEngine } from '../src/lib/engine/wasm/engine';

expose(engineApi(new WasmEngine({ source: createFetchSource(), cache: createBrowserCache() })));
