import { performance } from 'node:perf_hooks';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openEncoder, shippedEncoder } from '../../src/cli/evaluate/encoder';
import { bertScoresOf } from '../../src/lib/metrics/embedding/score-turns';
import { openBenchPage } from '../support/bench-browser';
import type { PageCost } from './encoder-cost-page';
import { turnPairs } from './turn-pairs';

/*
 * BERTScore of turn pairs with the encoder that ships, under Node and in the page's worker in Chromium:
 *   npx tsx test/bench/encoder-cost.ts [--pairs 1000] [--node-only]
 * Writes test/bench/encoder.json.
 */

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000' },
    'node-only': { type: 'boolean', default: false },
  },
});
const pairs = Number(values.pairs);
const short = (value: number) => Number(value.toPrecision(3));

async function underNode() {
  const loading = performance.now();
  const encoder = await openEncoder(shippedEncoder('.'));
  const loaded = performance.now();
  const used = process.cpuUsage();
  const { plain } = await bertScoresOf(turnPairs(pairs), encoder);
  const { user, system } = process.cpuUsage(used);
  const known = plain.flatMap((score) => score?.f1 ?? []);
  return {
    load: short((loaded - loading) / 1000),
    seconds: short((performance.now() - loaded) / 1000),
    cpuSeconds: short((user + system) / 1e6),
    f1: short(known.reduce((sum, one) => sum + one, 0) / known.length),
  };
}

async function inChromium() {
  const { page, close } = await openBenchPage('test/bench/encoder-cost-page.ts');
  try {
    const cost = await page.evaluate(
      (count) =>
        (globalThis as unknown as { bench: { score(n: number): Promise<PageCost> } }).bench.score(
          count,
        ),
      pairs,
    );
    return {
      ...cost,
      seconds: short(cost.seconds),
      longestHold: Math.round(cost.longestHold),
      f1: cost.f1 === null ? null : short(cost.f1),
    };
  } finally {
    await close();
  }
}

const node = await underNode();
const chromium = values['node-only'] ? null : await inChromium();
const result = { pairs, node, chromium };
writeFileSync('test/bench/encoder.json', `${JSON.stringify(result, null, 2)}\n`);
console.table({ node, chromium });
process.exit(0);
