/**
 * Bar 4: do the two browser engines pick the same next token? Forced decoding: both read the same tokens and name the
 * likeliest next one at each position. Usage: npx tsx test/bars/engine-agreement.ts [--positions 10] [--threads 1]
 * [--model models/<id>/manifest.json] [--fresh]. Resumable: finished texts are kept in node_modules/.cache; --fresh
 * starts again.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ChatMessage } from '../../src/lib/contracts/engine';
import { checkMessages, renderChatml } from '../../src/lib/engine/chatml';
import { openBenchPage } from '../support/bench-browser';
import { shippedModel } from '../support/shipped-models.mjs';
import { loadTokenizer } from '../support/tokenizer';
import type { AgreementBench, Best, Forced } from './engine-agreement-page';
import { exchanges } from './engine-agreement-texts';

const { values } = parseArgs({
  options: {
    positions: { type: 'string', default: '10' },
    threads: { type: 'string', default: '1' },
    fresh: { type: 'boolean', default: false },
    model: { type: 'string', default: `models/${shippedModel().manifest}` },
  },
});
const positions = Number(values.positions);
/** The two best differ clearly from here on (nats). */
const clearMargin = 0.5;
const resultFile = new URL('engine-agreement.json', import.meta.url);
const cacheFolder = new URL('../../node_modules/.cache/interplay-bars/', import.meta.url);
const partFile = new URL('engine-agreement.json', cacheFolder);
const manifestFile = new URL(`../../static/${values.model}`, import.meta.url);
const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { id: string; hash: string };

interface Part {
  key: string;
  adapter: string;
  browser: string;
  best: { wasm: Best[][]; webgpu: Best[][] };
}

async function forcedTexts(): Promise<Forced[]> {
  const tokenizer = await loadTokenizer(new URL('resolve/main/tokenizer.json', manifestFile));
  return exchanges.map(([system, user, answer]) => {
    const messages: ChatMessage[] = [
      { role: 'system', content: system },
      { role: 'user', content: user },
    ];
    const prompt = renderChatml(checkMessages(messages));
    const promptIds = tokenizer.encode(prompt);
    const ids = tokenizer.encode(answer).slice(0, positions);
    const texts = ids.map((_, i) => prompt + tokenizer.decode(ids.slice(0, i)));
    // The wasm engine gets text: it must tokenise to what the other engine gets as ids.
    texts.forEach((text, i) => {
      if (tokenizer.encode(text).join() !== [...promptIds, ...ids.slice(0, i)].join())
        throw new Error(`not token for token: ${text}`);
    });
    return { promptIds, ids, texts };
  });
}

async function readPart(key: string): Promise<Part | undefined> {
  const text = await readFile(partFile, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const part = JSON.parse(text) as Part;
  return part.key === key ? part : undefined;
}

async function measure(engine: 'wasm' | 'webgpu', forced: Forced[], part: Part): Promise<void> {
  const done = part.best[engine];
  if (done.length === forced.length) return;
  const { page, browserVersion, close } = await openBenchPage('test/bars/engine-agreement-page.ts');
  try {
    part.browser = browserVersion;
    part.adapter = await page.evaluate(() =>
      (globalThis as unknown as { bench: AgreementBench }).bench.adapter(),
    );
    await page.evaluate(
      ([kind, location, threads]) =>
        (globalThis as unknown as { bench: AgreementBench }).bench.start(kind, location, threads),
      [engine, `/${values.model}`, Number(values.threads)] as const,
    );
    for (const text of forced.slice(done.length)) {
      const started = performance.now();
      done.push(
        await page.evaluate(
          (one) => (globalThis as unknown as { bench: AgreementBench }).bench.best(one),
          text,
        ),
      );
      await writeFile(partFile, JSON.stringify(part));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${engine}: ${done.length} of ${forced.length} texts, ${seconds} s`);
    }
  } finally {
    await close();
  }
}

await mkdir(cacheFolder, { recursive: true });
const forced = await forcedTexts();
const key = JSON.stringify([manifest.hash, positions, exchanges]);
const part: Part = (values.fresh ? undefined : await readPart(key)) ?? {
  key,
  adapter: '',
  browser: '',
  best: { wasm: [], webgpu: [] },
};
const started = performance.now();
await measure('wasm', forced, part);
await measure('webgpu', forced, part);

const pairs = part.best.wasm.flatMap((row, i) =>
  row.map((wasm, j) => ({ wasm, webgpu: part.best.webgpu[i]?.[j] as Best })),
);
const share = (some: typeof pairs): { n: number; same: number; share: number } => {
  const same = some.filter(({ wasm, webgpu }) => wasm.first === webgpu.first).length;
  return { n: some.length, same, share: some.length ? same / some.length : NaN };
};
const all = share(pairs);
const clear = share(pairs.filter(({ wasm }) => wasm.margin > clearMargin));
const clearWebgpu = share(pairs.filter(({ webgpu }) => webgpu.margin > clearMargin));
const drift = pairs
  .filter(({ wasm, webgpu }) => wasm.first === webgpu.first && wasm.second === webgpu.second)
  .map(({ wasm, webgpu }) => Math.abs(wasm.margin - webgpu.margin))
  .sort((a, b) => a - b);
const result = {
  bar: 4,
  passed: all.n >= 200 && all.share >= 0.95 && clear.share >= 0.99,
  model: { id: manifest.id, hash: manifest.hash },
  all,
  clear: { marginNats: clearMargin, byWasmMargin: clear, byWebgpuMargin: clearWebgpu },
  marginDifferenceNats: {
    median: drift[drift.length >> 1],
    largest: drift.at(-1),
    n: drift.length,
  },
  disagreements: pairs
    .filter(({ wasm, webgpu }) => wasm.first !== webgpu.first)
    .map(({ wasm, webgpu }) => ({ wasmMargin: wasm.margin, webgpuMargin: webgpu.margin })),
  adapter: part.adapter,
  browser: `Chromium ${part.browser}`,
  command: `npx tsx test/bars/engine-agreement.ts ${process.argv.slice(2).join(' ')}`.trim(),
  secondsOfLastRun: Math.round((performance.now() - started) / 1000),
};
await writeFile(resultFile, `${JSON.stringify(result, null, 2)}\n`);
console.log(JSON.stringify(result, null, 2));
process.exitCode = result.passed ? 0 : 1;
