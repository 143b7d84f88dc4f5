import { writeFile } from 'node:fs/promises';
import { parseRedial } from '../lib/profile/redial';
import { exitCodes, guarded } from './exit';
import { choiceOf, helpText, readOptions, type Flags } from './options';
import { readText, required } from './prepare/inputs';
import { sourceTurns } from './prepare/source-turns';
import { taggerRows } from './prepare/tagger-rows';

const flags: Flags = {
  redial: { value: 'FILE', help: "dialogues in ReDial's format (required)" },
  split: {
    value: 'HOW',
    help: 'by-seeker: turns of shown seekers are left out; test: the file is for reporting, all are written',
    default: 'by-seeker',
  },
  out: { value: 'FILE', help: 'JSONL to write, one turn a line (required)' },
};

const usage = 'npx tsx src/cli/prepare-turns.ts --redial FILE --out FILE';
const about =
  'Writes what the action tagger sees of every turn. Nothing is trained on shown seekers, nor on a file for reporting.';

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const out = required(given, 'out');
  const dialogues = parseRedial(await readText(required(given, 'redial')));
  const isTest = choiceOf(given, 'split', 'by-seeker', ['by-seeker', 'test']) === 'test';
  const rows = dialogues
    .flatMap((dialogue) => taggerRows(dialogue, sourceTurns(dialogue)))
    .filter(({ split }) => isTest || split !== 'shown');
  await writeFile(out, rows.map((row) => JSON.stringify(row) + '\n').join(''));
  process.stdout.write(`${String(rows.length)} turns in ${out}\n`);
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
