import type { ChatEngine } from '../contracts/engine';
import { WorkerEngine } from './bridge/client';
import type { WorkerEngineOptions } from './bridge/protocol';

/**
 * The engines of the page. This file alone creates workers: the bundler finds them by these very expressions.
 * One engine is one worker; each role gets its own.
 */
export function createBrowserEngine(
  kind: 'webgpu' | 'wasm',
  options: WorkerEngineOptions = {},
): ChatEngine {
  const createWorker =
    kind === 'wasm'
      ? () =>
          new Worker(new URL('../../../workers/cpu.worker.ts', import.meta.url), {
            type: 'module',
            name: 'wasm engine',
          })
      : () =>
          new Worker(new URL('../../../workers/llm.worker.ts', import.meta.url), {
            type: 'module',
            name: 'webgpu engine',
          });
  return new WorkerEngine(kind, createWorker, options);
}
