import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LabError } from '../lib/contracts';
import { createCatalogue } from '../lib/domain/catalogue';
import { parsePack } from '../lib/domain/pack';
import { buildProfiles } from '../lib/profile/build';
import { parseRedial, type RedialDialogue } from '../lib/profile/redial';
import { splitOf } from '../lib/profile/split';
import { exitCodes, guarded } from './exit';
import { choiceOf, helpText, numberOf, readOptions, textOf, type Flags } from './options';

const splits = ['shown', 'validation', 'train', 'test', 'all'] as const;

const flags: Flags = {
  dialogues: { value: 'FILE', help: "JSON lines in ReDial's format (required)" },
  catalogue: {
    value: 'FILE',
    help: 'the films pack; merged.json beside it maps merged ids',
    default: 'static/domains/movies/catalogue.json',
  },
  split: {
    value: 'SPLIT',
    help: 'shown, validation or train: seekers of that split; test: all, marked as test; all: each marked with its own',
    default: 'shown',
  },
  out: { value: 'FILE', help: 'where the profiles go, one a line (required)' },
  dataset: { value: 'NAME', help: 'what the source is called in the profiles', default: 'ReDial' },
  licence: { value: 'NAME', help: "the source's licence", default: 'CC BY 4.0' },
  seed: { value: 'N', help: 'for what is drawn: wishes, sentences', default: '1' },
};

async function readText(path: string, flag: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (reason) {
    throw new LabError('bad-input', `Cannot read ${path}. Check --${flag}.`, String(reason));
  }
}

async function readJson(path: string, flag: string): Promise<unknown> {
  const text = await readText(path, flag);
  try {
    return JSON.parse(text);
  } catch (reason) {
    throw new LabError('bad-input', `${path} is not JSON.`, String(reason));
  }
}

/** Ids that were merged away; a catalogue without such a file has none. */
async function readMerged(folder: string): Promise<Readonly<Record<string, string>>> {
  const path = join(folder, 'merged.json');
  const exists = await access(path).then(
    () => true,
    () => false,
  );
  return exists ? ((await readJson(path, 'catalogue')) as Record<string, string>) : {};
}

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given.help === true) {
    const usage = 'npx tsx src/cli/make-profiles.ts --dialogues FILE --out FILE [--split SPLIT]';
    const about =
      'Makes profiles from who liked what, by id: no sentence of the source enters them.';
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const file = textOf(given, 'dialogues');
  const out = textOf(given, 'out');
  if (file === undefined || out === undefined) {
    throw new LabError('bad-config', '--dialogues and --out are required. See --help.');
  }
  const split = choiceOf(given, 'split', 'shown', splits);
  const path = textOf(given, 'catalogue') ?? 'static/domains/movies/catalogue.json';
  const catalogue = createCatalogue(parsePack(await readJson(path, 'catalogue')));
  const merged = await readMerged(dirname(path));
  const own = (dialogue: RedialDialogue) => (split === 'test' ? 'test' : splitOf(dialogue.seeker));
  const dialogues = parseRedial(await readText(file, 'dialogues')).filter(
    (dialogue) => split === 'all' || own(dialogue) === split,
  );
  const { profiles, unused } = buildProfiles(dialogues, catalogue, {
    seed: numberOf(given, 'seed', 1, { least: 0 }),
    dataset: textOf(given, 'dataset') ?? 'ReDial',
    licence: textOf(given, 'licence') ?? 'CC BY 4.0',
    splitOf: own,
    itemId: (film) => merged[film] ?? film,
  });
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, profiles.map((profile) => `${JSON.stringify(profile)}\n`).join(''));
  const reasons = Object.entries(unused).map(([reason, count]) => `${reason} ${String(count)}`);
  process.stdout.write(
    `${String(profiles.length)} profiles from ${String(dialogues.length)} dialogues; unused: ${reasons.join(', ')}.\n`,
  );
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
