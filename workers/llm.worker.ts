import { expose } from 'comlink';
import { engineApi } from '../src/lib/engine/bridge/expose';
import { createBrowserCache } from '../src/lib/engine/files/cache';
import { createShelfSource } from '../src/lib/engine/files/shelf';
import { createFetchSource } from '../src/lib/engine/files/source';
import { watchDevices } from '../src/lib/engine/webgpu/device';
import { WebGpuEngine } from '../src/lib/engine/webgpu/engine';

const files = { source: createShelfSource(createFetchSource()), cache: createBrowserCache() };
const device = watchDevices();
expose(engineApi(() => new WebGpuEngine(files, device)));
