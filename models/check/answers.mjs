// Load a model (the first that ships) in unmodified web-llm on the software adapter and check what it says: greedy, sampled, under a grammar.
//   node models/check/answers.mjs [model folder] [library]
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join, relative, resolve } from 'node:path';
import { loadModel, openPage } from './page.mjs';

const models = resolve(dirname(fileURLToPath(import.meta.url)), '../../static/models');
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));
const first = () => dirname(readJson(join(models, 'index.json')).models[0].manifest);
const folder = resolve(process.argv[2] ?? join(models, first()));
const isBase = readJson(join(folder, 'manifest.json')).promptVersion === null;
const library = resolve(process.argv[3] ?? join(models, 'lib/smollm2-135m-q4_0.wasm'));

const { page, origin, close } = await openPage(
  { '/model/': folder, '/lib/': dirname(library) },
  { log: (text) => process.env.VERBOSE && console.error(text) },
);
try {
  const started = performance.now();
  await loadModel(page, origin, '/model/', `/lib/${relative(dirname(library), library)}`);
  console.error(`loaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const ask = (content, options) =>
    page.evaluate(
      async ({ content, options }) => {
        const started = performance.now();
        await globalThis.engine.resetChat();
        const reply = await globalThis.engine.chat.completions.create({
          messages: [{ role: 'user', content }],
          ...options,
        });
        const { message, logprobs } = reply.choices[0];
        return {
          text: message.content,
          logprobs: logprobs?.content.map((entry) => entry.logprob),
          usage: reply.usage,
          seconds: (performance.now() - started) / 1000,
        };
      },
      { content, options },
    );

  const failures = [];
  const check = (name, ok, got) => {
    console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}: ${JSON.stringify(got)}`);
    if (!ok) failures.push(name);
  };

  const capital = 'What is the capital of France?';
  const greedy = await ask(capital, { temperature: 0, max_tokens: 16 });
  // A fine-tuned one talks of films, whatever it is asked.
  check('greedy answer', (isBase ? /Paris/ : /[a-z]/).test(greedy.text), greedy.text);
  console.error(JSON.stringify(greedy.usage.extra));
  const again = await ask(capital, { temperature: 0, max_tokens: 16, seed: 12345 });
  check('greedy answer does not depend on the seed', again.text === greedy.text, again.text);

  const movie = 'Tell me about a film you like.';
  const sampled = [];
  for (const seed of [1234567891, 987654321, 192837465]) {
    sampled.push(await ask(movie, { temperature: 0.8, top_p: 0.95, max_tokens: 24, seed }));
  }
  const texts = sampled.map((reply) => reply.text);
  check('sampled answers differ', new Set(texts).size === texts.length, texts);
  const same = await ask(movie, { temperature: 0.8, top_p: 0.95, max_tokens: 24, seed: 987654321 });
  check('one seed, one answer', same.text === texts[1], same.text);

  const grammar = 'root ::= "[recommend: " ("The Conjuring (2013)" | "It (2017)") "]"';
  const bound = await ask('Recommend me a scary movie.', {
    temperature: 0.8,
    max_tokens: 24,
    seed: 24681357,
    response_format: { type: 'grammar', grammar },
  });
  check(
    'grammar is kept',
    ['[recommend: The Conjuring (2013)]', '[recommend: It (2017)]'].includes(bound.text),
    bound.text,
  );

  const scored = await ask(capital, {
    temperature: 1,
    max_tokens: 4,
    logprobs: true,
    top_logprobs: 2,
  });
  check(
    'log-probabilities are finite and not positive',
    scored.logprobs.length > 0 &&
      scored.logprobs.every((value) => value <= 0 && Number.isFinite(value)),
    scored.logprobs,
  );
  const penalised = await ask(capital, {
    temperature: 0,
    max_tokens: 16,
    presence_penalty: 1,
    frequency_penalty: 0.5,
    logit_bias: { 2: -100 },
  });
  check('bias and penalties apply', penalised.usage.completion_tokens === 16, penalised.text);
  if (failures.length > 0) process.exitCode = 1;
} finally {
  await close();
}
