import { mkdir, writeFile } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Dialogue } from '../lib/contracts/dialogue';
import { LabError } from '../lib/contracts/errors';
import { streamDialogues } from '../lib/store/index';
import { exitCodes, guarded } from './exit';
import { helpText, readOptions, textOf, type Flags } from './options';
import { chooseSamples } from './guide/choose';

const flags: Flags = {
  free: { value: 'FILE', help: 'a run of a reference-free system, as npm run simulate writes it' },
  dependent: { value: 'FILE', help: 'a run of a system that was handed the targets' },
  profile: { value: 'ID', help: 'take the dialogues of this profile', default: 'the best of both' },
  out: { value: 'FOLDER', help: 'where the samples go', default: 'static/guide' },
};

const about = `Makes the two sample dialogues of the page /guide from runs. They should keep their prompts:

  npm run simulate -- --dialogues 40 --trace --out runs/free.jsonl
  npm run simulate -- --dialogues 40 --trace --counterpart --out runs/dependent.jsonl
  npx tsx src/cli/make-guide.ts --free runs/free.jsonl --dependent runs/dependent.jsonl`;

/** The whole records of a run's file; lines that are none are left out. Errors: `bad-input`. */
async function dialoguesOf(path: string): Promise<Dialogue[]> {
  const found: Dialogue[] = [];
  try {
    for await (const read of streamDialogues(createReadStream(path))) {
      if (read.ok && read.dialogue.outcome !== null) found.push(read.dialogue);
    }
  } catch (reason) {
    const words = reason instanceof Error ? reason.message : String(reason);
    throw new LabError('bad-input', `${path} cannot be read. Check its name.`, words);
  }
  return found;
}

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(
      helpText('npx tsx src/cli/make-guide.ts --free FILE --dependent FILE', about, flags),
    );
    return exitCodes.ok;
  }
  const [free, dependent] = [textOf(given, 'free'), textOf(given, 'dependent')];
  if (free === undefined || dependent === undefined) {
    throw new LabError('bad-config', '--free and --dependent are required. See --help.');
  }
  const samples = chooseSamples(
    await dialoguesOf(free),
    await dialoguesOf(dependent),
    textOf(given, 'profile') ?? null,
  );
  const folder = textOf(given, 'out') ?? 'static/guide';
  await mkdir(folder, { recursive: true });
  for (const [kind, dialogue] of Object.entries(samples)) {
    await writeFile(join(folder, `${kind}.json`), `${JSON.stringify(dialogue, null, 1)}\n`);
    const { models, turns, profileId } = dialogue;
    process.stdout.write(
      `${kind}.json: ${models.user.id} with ${models.recommender.id}, profile ${profileId}, ${String(turns.length)} turns\n`,
    );
  }
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
