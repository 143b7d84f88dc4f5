import { createCatalogue } from '../../src/lib/domain/catalogue';
import {
  encoderAddress,
  endMetricsWorker,
  evaluateInWorker,
} from '../../src/lib/state/metrics-host';
import { tinyPack } from '../support/tiny-domain';
import { turnPairs } from './turn-pairs';

export interface PageCost {
  seconds: number;
  /** Longest time in which the page answered nothing, in milliseconds. */
  longestHold: number;
  isolated: boolean;
  f1: number | null;
  steps: number;
}

/** BERTScore and all else of single turns in the page's worker, the encoder's load included. */
async function score(pairs: number): Promise<PageCost> {
  let last = performance.now();
  let longestHold = 0;
  const watch = setInterval(() => {
    longestHold = Math.max(longestHold, performance.now() - last - 10);
    last = performance.now();
  }, 10);
  let steps = 0;
  const started = performance.now();
  const { singleTurns } = await evaluateInWorker(
    { catalogue: createCatalogue(tinyPack), dialogues: [], singleTurns: turnPairs(pairs) },
    { encoder: encoderAddress(new URL('/', location.href).href), onProgress: () => (steps += 1) },
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  endMetricsWorker();
  const f1 = singleTurns[0]?.results.find(({ id }) => id === 'turn-bertscore-f1')?.value ?? null;
  return { seconds, longestHold, isolated: crossOriginIsolated, f1, steps };
}

Object.assign(globalThis, { bench: { score } });
