import { text as textOfStream } from 'node:stream/consumers';
import { exitCodes, guarded } from './exit';
import { helpText, readOptions, type Flags } from './options';
import { readCatalogue, required } from './prepare/inputs';
import { readRawTurns } from './prepare/raw-turns';

const flags: Flags = {
  catalogue: { value: 'FILE', help: 'catalogue.json of the domain (required)' },
};

const usage = 'npx tsx src/cli/read-turns.ts --catalogue FILE < turns.jsonl';
const about =
  'Reads turns that a model wrote, one {"role", "raw", "named"?} a line, and writes what the parser makes of each:\n' +
  '{"types", "violations"}. "named" is the dialogue so far: what it names can be given feedback on.';

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const catalogue = await readCatalogue(required(given, 'catalogue'));
  const lines = (await textOfStream(process.stdin)).split('\n').filter((line) => line !== '');
  const read = readRawTurns(lines, catalogue);
  process.stdout.write(read.map((turn) => JSON.stringify(turn) + '\n').join(''));
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
