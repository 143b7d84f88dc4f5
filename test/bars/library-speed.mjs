// Bar 3: the shipped library against the same model compiled with stock schedules, on the software adapter.
//   bash models/build.sh stock && node test/bars/library-speed.mjs [--out FILE] [--tokens N]
// Each library runs in a browser of its own, default flags; one short request warms it up, one is measured.
import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadModel, openPage } from '../../models/check/page.mjs';
import { shippedModel } from '../support/shipped-models.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    tokens: { type: 'string', default: '12' },
  },
});
const tokens = Number(options.tokens);
if (!Number.isInteger(tokens) || tokens < 9) {
  throw new Error(`--tokens is ${options.tokens}; at least 9 are needed for 8 decoding steps.`);
}

const stock = `${root}/models/.build/stock`;
if (!existsSync(`${stock}/library.wasm`)) {
  throw new Error('The comparison library is missing: bash models/build.sh stock');
}
const candidates = {
  own: {
    model: dirname(fileURLToPath(shippedModel().manifestFile)),
    library: `${root}/static/models/lib/smollm2-135m-q4_0.wasm`,
  },
  stock: { model: stock, library: `${stock}/library.wasm` },
};

/** Long enough that a prompt's fixed costs do not hide the matrix products. */
const PROMPT =
  'I am looking for a film to watch tonight with two friends. One of them likes old science fiction, the other ' +
  'one wants to laugh, and I would rather not see anything longer than two hours. We have all seen the usual ' +
  'suspects already, so please think of something that few people know. What would you recommend, and why?';

async function measure({ model, library }) {
  const { page, origin, close } = await openPage({ '/model/': model, '/lib/': dirname(library) });
  try {
    await loadModel(page, origin, '/model/', `/lib/${library.slice(dirname(library).length + 1)}`);
    return await page.evaluate(
      async ({ prompt, tokens }) => {
        const ask = async (content, count) => {
          await globalThis.engine.resetChat();
          const reply = await globalThis.engine.chat.completions.create({
            messages: [{ role: 'user', content }],
            temperature: 0,
            max_tokens: count,
            ignore_eos: true,
          });
          return { text: reply.choices[0].message.content, usage: reply.usage };
        };
        await ask('Hi', 2);
        return ask(prompt, tokens);
      },
      { prompt: PROMPT, tokens },
    );
  } finally {
    await close();
  }
}

const figure = (value) => Number(value.toPrecision(3));
const runs = {};
for (const [name, candidate] of Object.entries(candidates)) {
  runs[name] = await measure(candidate);
  const { extra } = runs[name].usage;
  console.error(`${name}: ${JSON.stringify(extra)} ${JSON.stringify(runs[name].text)}`);
}
const compare = (field) => {
  const [own, other] = ['own', 'stock'].map((name) => runs[name].usage.extra[field]);
  return { own: figure(own), stock: figure(other), ratio: figure(own / other) };
};
const result = {
  bar: 3,
  unit: 'tokens per second',
  prefill: compare('prefill_tokens_per_s'),
  decode: compare('decode_tokens_per_s'),
  tokens: { prompt: runs.own.usage.prompt_tokens, completion: runs.own.usage.completion_tokens },
  runs: 1,
  machine: `${os.cpus().length} x ${os.cpus()[0]?.model.trim()}, software WebGPU adapter`,
  loadAverage: figure(os.loadavg()[0]),
  commit: execSync('git rev-parse --short HEAD', { cwd: root }).toString().trim(),
  command: 'node test/bars/library-speed.mjs',
};
console.log(JSON.stringify(result, null, 2));
if (options.out) writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
