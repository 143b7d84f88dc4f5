/**
 * What a title grammar costs each engine, with K = 1, 50 and all titles of the film catalogue.
 * Usage: npx tsx test/bench/grammar-cost.ts [--threads 1] [--engines wasm,webgpu]
 */
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBenchPage } from '../support/bench-browser';
import { shippedModel } from '../support/shipped-models.mjs';
import type { GrammarBench } from './grammar-cost-page';

const { values } = parseArgs({
  options: {
    threads: { type: 'string', default: '1' },
    engines: { type: 'string', default: 'wasm,webgpu' },
    model: { type: 'string', default: `models/${shippedModel().manifest}` },
  },
});
const catalogue = JSON.parse(
  await readFile(new URL('../../static/domains/movies/catalogue.json', import.meta.url), 'utf8'),
) as { items: { title: string; year?: number }[] };
const titles = catalogue.items.map(({ title, year }) => (year ? `${title} (${year})` : title));

function titleGrammar(count: number): string {
  const literals = titles.slice(0, count).map((title) => JSON.stringify(title));
  return `root ::= "[recommend: " title "] " [A-Z] [a-z ,.]*\ntitle ::= ${literals.join(' | ')}`;
}

const results: object[] = [];
for (const engine of values.engines.split(',') as ('wasm' | 'webgpu')[]) {
  const { page, close } = await openBenchPage('test/bench/grammar-cost-page.ts');
  try {
    await page.evaluate(
      ([kind, location, threads]) =>
        (globalThis as unknown as { bench: GrammarBench }).bench.start(kind, location, threads),
      [engine, `/${values.model}`, Number(values.threads)] as const,
    );
    // The first grammar also builds what all share.
    for (const count of [1, 1, 50, titles.length]) {
      const cost = await page.evaluate(
        (grammar) => (globalThis as unknown as { bench: GrammarBench }).bench.cost(grammar),
        titleGrammar(count),
      );
      results.push({ engine, titles: count, ...cost });
      console.log(JSON.stringify(results.at(-1)));
    }
  } finally {
    await close();
  }
}
const command = `npx tsx test/bench/grammar-cost.ts ${process.argv.slice(2).join(' ')}`.trim();
await writeFile(
  new URL('grammar-cost.json', import.meta.url),
  `${JSON.stringify({ unit: 'milliseconds', command, results }, null, 2)}\n`,
);
