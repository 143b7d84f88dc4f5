import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseRedial } from '../lib/profile/redial';
import { splitOf } from '../lib/profile/split';
import { exitCodes, guarded } from './exit';
import { choiceOf, helpText, numberOf, readOptions, textOf, type Flags } from './options';
import { readCatalogue, readKeptIds, readText, required } from './prepare/inputs';
import { readLabels } from './prepare/labels';
import { prepareDialogue, type PrepareInput } from './prepare/prepare';
import { profilesByDialogue } from './prepare/profiles';
import { PrepareReport } from './prepare/report';

const flags: Flags = {
  redial: { value: 'FILE', help: "dialogues in ReDial's format (required)" },
  catalogue: { value: 'FILE', help: 'catalogue.json of the domain (required)' },
  merged: { value: 'FILE', help: 'merged.json beside it: ids that stand for one film' },
  labels: { value: 'FILE', help: 'action labels that the tagger wrote (required)' },
  split: {
    value: 'HOW',
    help: 'by-seeker: train, validation and shown; test: the file is for reporting, all of it is one split',
    default: 'by-seeker',
  },
  counters: { value: 'N', help: 'made-up dialogues per training profile', default: '1' },
  seed: { value: 'S', help: 'decides forms of titles and made-up dialogues', default: '1' },
  out: { value: 'DIR', help: 'where the examples and report.json go (required)' },
};

const usage =
  'npx tsx src/cli/prepare-dialogues.ts --redial FILE --catalogue FILE --labels FILE --out DIR';
const about =
  "Writes training and validation examples of both roles and of the counterpart: the program's own prompts with the parts that each learns.";

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const out = required(given, 'out');
  const catalogue = await readCatalogue(required(given, 'catalogue'));
  const keptId = await readKeptIds(textOf(given, 'merged'));
  const labels = readLabels(await readText(required(given, 'labels')));
  const dialogues = parseRedial(await readText(required(given, 'redial')));
  const seed = numberOf(given, 'seed', 1, { least: 0 });
  const isTest = choiceOf(given, 'split', 'by-seeker', ['by-seeker', 'test']) === 'test';
  const splitOfSeeker = isTest ? () => 'test' as const : splitOf;
  const profiles = profilesByDialogue(dialogues, catalogue, keptId, seed, splitOfSeeker);
  const report = new PrepareReport();
  const input: PrepareInput = {
    labels,
    catalogue,
    keptId,
    profileOf: ({ id }) => profiles.get(id) ?? null,
    counters: numberOf(given, 'counters', 1, { least: 0, most: 20 }),
    seed,
    splitOf: splitOfSeeker,
    report,
  };
  const files = new Map<string, string[]>();
  for (const dialogue of dialogues) {
    for (const { split, example } of prepareDialogue(dialogue, input)) {
      const name = `${split}.${example.role}.jsonl`;
      report.examples.add(name);
      const lines = files.get(name) ?? [];
      lines.push(JSON.stringify(example) + '\n');
      files.set(name, lines);
    }
  }
  await mkdir(out, { recursive: true });
  for (const [name, lines] of files) await writeFile(join(out, name), lines.join(''));
  const text = JSON.stringify(report, null, 1) + '\n';
  await writeFile(join(out, 'report.json'), text);
  process.stdout.write(text);
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
