import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dialogue } from '../lib/contracts/dialogue';
import { LabError } from '../lib/contracts/errors';
import { readDialogues } from '../lib/store/jsonl';
import { exitCodes, guarded } from './exit';
import { choiceOf, helpText, numberOf, readOptions, type Flags } from './options';
import { readCatalogue, required } from './prepare/inputs';
import { exportSft, seatChoices } from './prepare/sft-files';

const flags: Flags = {
  dialogues: { value: 'FILE', help: 'dialogue records, one JSON object a line (required)' },
  catalogue: { value: 'FILE', help: 'catalogue.json of their domain (required)' },
  role: { value: 'ROLE', help: seatChoices.join(', '), default: 'both' },
  validation: {
    value: 'SHARE',
    help: 'share of the profiles that goes into validation',
    default: '0.1',
  },
  violations: { help: 'learn turns that break the contract, too' },
  'only-actions': { help: 'learn the action lines; the words are context' },
  out: { value: 'DIR', help: 'where the examples go (required)' },
};

const usage =
  'npx tsx src/cli/export-sft.ts --dialogues FILE --catalogue FILE --out DIR [--role user]';
const about =
  'Writes any dialogues as fine-tuning examples: ChatML in pieces, marked where the role learns to write them, in the\n' +
  'files that `python -m training.train` reads.';

async function readRecords(path: string): Promise<Dialogue[]> {
  const { dialogues, problems } = await readDialogues(createReadStream(path)).catch(
    (reason: unknown) => {
      if (reason instanceof LabError) throw reason;
      throw new LabError('bad-input', `Cannot read ${path}.`, String(reason));
    },
  );
  const [first] = problems;
  if (first === undefined) return dialogues;
  throw new LabError(
    'bad-input',
    `Line ${String(first.line)} of ${path} is not a dialogue. Correct the file, or take the line out.`,
    first.reason,
  );
}

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    process.stdout.write(helpText(usage, about, flags));
    return exitCodes.ok;
  }
  const out = required(given, 'out');
  const { files, report } = exportSft(await readRecords(required(given, 'dialogues')), {
    catalogue: await readCatalogue(required(given, 'catalogue')),
    seats: choiceOf(given, 'role', 'both', seatChoices),
    validation: numberOf(given, 'validation', 0.1, { least: 0, most: 0.9, whole: false }),
    withViolations: given['violations'] === true,
    onlyActions: given['only-actions'] === true,
  });
  await mkdir(out, { recursive: true });
  for (const [name, text] of files) await writeFile(join(out, name), text);
  process.stdout.write(JSON.stringify(report, null, 1) + '\n');
  if (report.heldOutProfiles > 0) {
    process.stderr.write(
      `${String(report.heldOutProfiles)} dialogues are of shown or test profiles: a model that learns from them must not be measured on those.\n`,
    );
  }
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
