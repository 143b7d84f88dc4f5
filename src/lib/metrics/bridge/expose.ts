import { isAbort, toErrorData } from '../../contracts/errors';
import { createCatalogue } from '../../domain/catalogue';
import type { TextEncoder } from '../embedding/encoder';
import { evaluate } from '../evaluation/evaluate';
import type { MetricsWorkerApi } from './protocol';

/**
 * Evaluations as a worker exposes them: errors as data, one abort controller a call.
 *
 * @param openEncoder loads the encoder of an address; asked once an address, again after a failure
 */
export function metricsApi(
  openEncoder: (address: string, signal: AbortSignal) => Promise<TextEncoder>,
): MetricsWorkerApi {
  const running = new Map<number, AbortController>();
  const encoders = new Map<string, TextEncoder>();
  return {
    async evaluate(call, { pack, encoder: address, ...request }, onProgress) {
      const controller = new AbortController();
      running.set(call, controller);
      const { signal } = controller;
      try {
        const encoder =
          address === undefined
            ? undefined
            : (encoders.get(address) ?? (await openEncoder(address, signal)));
        if (address !== undefined && encoder) encoders.set(address, encoder);
        const value = await evaluate(
          { ...request, catalogue: createCatalogue(pack) },
          {
            ...request,
            ...(encoder ? { encoder } : {}),
            ...(onProgress ? { onProgress } : {}),
            signal,
          },
        );
        return { ok: true, value };
      } catch (reason) {
        if (isAbort(reason)) return { ok: false, aborted: true };
        return { ok: false, error: toErrorData(reason) };
      } finally {
        running.delete(call);
      }
    },
    abort: (call) => running.get(call)?.abort(),
  };
}
