import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { writeFileSync } from 'node:fs';
import { createRandom } from '../../src/lib/domain/random';
import { createCorpus, gramOrders } from '../../src/lib/metrics/text/corpus';
import { diversityFigures } from '../../src/lib/metrics/text/diversity';
import { talliesWithout, tally } from '../../src/lib/metrics/text/tally';
import { selfBleu } from '../../src/lib/metrics/text/bleu';

/*
 * n-gram metrics of 100,000 turns, with their intervals:  npx tsx test/bench/language-cost.ts
 * Writes test/bench/language.json.
 */

const dialogues = 10_000;
const turnsEach = 10;

/** Made-up turns of 4 to 20 words, of a vocabulary in which few words are common. */
function madeUp(): string[][] {
  const random = createRandom(5);
  const word = () => `w${String(Math.floor(8000 * random() ** 3))}`;
  const turn = () => Array.from({ length: 4 + Math.floor(random() * 17) }, word).join(' ');
  return Array.from({ length: dialogues }, () => Array.from({ length: turnsEach }, turn));
}

const texts = madeUp();
const megabyte = Buffer.alloc(2 ** 20, 7);
const yardsticks = Array.from({ length: 21 }, () => {
  const started = performance.now();
  createHash('sha256').update(megabyte).digest();
  return performance.now() - started;
}).sort((a, b) => a - b);
const yardstick = yardsticks[10] ?? NaN;
const used = process.cpuUsage();
const started = performance.now();
const corpus = createCorpus(texts);
let figures = 0;
for (const figure of diversityFigures) {
  for (const order of gramOrders) {
    if (figure.of(tally(corpus, figure.unit, order), order) !== null) figures += 1;
  }
}
const plain = performance.now() - started;
selfBleu(
  texts
    .flat()
    .slice(0, 500)
    .map((text) => text.split(' ')),
);
const withSelfBleu = performance.now() - started;
const cpu = process.cpuUsage(used);
const intervalsFrom = performance.now();
for (const order of gramOrders) {
  for (const unit of ['word', 'character'] as const) talliesWithout(corpus, unit, order, 20);
}
const result = {
  turns: dialogues * turnsEach,
  figures,
  seconds: Number((withSelfBleu / 1000).toPrecision(3)),
  cpuSeconds: Number(((cpu.user + cpu.system) / 1e6).toPrecision(3)),
  secondsOfIntervals: Number(((performance.now() - intervalsFrom) / 1000).toPrecision(3)),
  ratioToYardstick: Number((withSelfBleu / yardstick).toPrecision(3)),
  yardstick: 'SHA-256 of 1 MiB',
  withoutSelfBleu: Number((plain / 1000).toPrecision(3)),
};
writeFileSync('test/bench/language.json', `${JSON.stringify(result, null, 2)}\n`);
console.table(result);
