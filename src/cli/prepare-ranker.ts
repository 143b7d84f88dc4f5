import { readFile, writeFile } from 'node:fs/promises';
import { attributeKey } from '../lib/domain/attributes';
import { createRandom, deriveSeed } from '../lib/domain/random';
import { filmsOf, parseRedial } from '../lib/profile/redial';
import { splitOf } from '../lib/profile/split';
import { createContentScorer } from '../lib/recommend/content-scores';
import { parseStatistics } from '../lib/recommend/statistics';
import { exitCodes, guarded } from './exit';
import { helpText, readOptions, textOf, type Flags } from './options';
import { readCatalogue, readKeptIds, readText, required } from './prepare/inputs';
import { questionsOf } from './prepare/questions';
import { rankerRow } from './prepare/ranker-rows';

const folder = 'static/domains/movies';
const flags: Flags = {
  redial: { value: 'FILE', help: "dialogues in ReDial's format (required)" },
  out: { value: 'FILE', help: 'JSONL to write, one recommendation a line (required)' },
  catalogue: { value: 'FILE', help: 'the films pack', default: `${folder}/catalogue.json` },
  statistics: { value: 'FILE', help: 'its co-mentions', default: `${folder}/statistics.json` },
  merged: { value: 'FILE', help: 'ids that were merged away', default: `${folder}/merged.json` },
};

const usage = 'npx tsx src/cli/prepare-ranker.ts --redial FILE --out FILE';
const about =
  'Writes what the learned ranker is taught on: what was said before each recommendation, candidates and their content ' +
  'scores. Dialogues of shown seekers are left out: nothing is trained on them.';

/** Candidates a question: to learn from, and, without drawn ones, to choose between settings by. */
const candidates = {
  train: { best: 120, drawn: 40 },
  validation: { best: 400, drawn: 0 },
} as const;

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const out = required(given, 'out');
  const catalogue = await readCatalogue(textOf(given, 'catalogue') ?? `${folder}/catalogue.json`);
  const keptId = await readKeptIds(textOf(given, 'merged') ?? `${folder}/merged.json`);
  const counts = textOf(given, 'statistics') ?? `${folder}/statistics.json`;
  const statistics = parseStatistics(JSON.parse(await readFile(counts, 'utf8')));
  const scorer = createContentScorer(catalogue, statistics);
  const lines = [
    JSON.stringify({
      domain: catalogue.pack.id,
      items: catalogue.items.map(({ id }) => id),
      attributes: catalogue.items.map((item) => catalogue.attributesOf(item).map(attributeKey)),
    }),
  ];
  const written = { train: 0, validation: 0 };
  for (const dialogue of parseRedial(await readText(required(given, 'redial')))) {
    const split = splitOf(dialogue.seeker);
    if (split === 'shown') continue;
    const random = createRandom(deriveSeed('ranker', dialogue.id));
    const without = new Set(split === 'train' ? [...filmsOf(dialogue)].map(keptId) : []);
    for (const question of questionsOf(dialogue, catalogue, keptId)) {
      const options = { ...candidates[split], random, without };
      const row = rankerRow(question, catalogue, scorer, options);
      if (row === null) continue;
      lines.push(JSON.stringify({ dialogue: dialogue.id, split, ...row }));
      written[split]++;
    }
  }
  await writeFile(out, lines.map((line) => line + '\n').join(''));
  process.stdout.write(
    `${String(written.train)} recommendations to learn from, ${String(written.validation)} to choose by, in ${out}\n`,
  );
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
