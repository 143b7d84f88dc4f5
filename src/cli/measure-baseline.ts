import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LabError } from '../lib/contracts/errors';
import { createRandom, deriveSeed, shuffled } from '../lib/domain/random';
import { bertScore, isSilent, meanScore } from '../lib/metrics/embedding/bert-score';
import { parseRedial } from '../lib/profile/redial';
import { openEncoder, shippedEncoder } from './evaluate/encoder';
import { exitCodes, guarded } from './exit';
import { helpText, numberOf, readOptions, textOf, type Flags } from './options';

/*
 * What BERTScore gives to turns that have nothing to do with each other, for rescaling:
 *   npx tsx src/cli/measure-baseline.ts --dialogues FILE
 */

const flags: Flags = {
  dialogues: { value: 'FILE', help: "JSON lines in ReDial's format (required)" },
  encoder: { value: 'DIR', help: 'where baseline.json goes', default: 'the one that ships' },
  texts: { value: 'N', help: 'turns that are drawn, each of another dialogue', default: '400' },
  pairs: { value: 'N', help: 'pairs of them', default: '5000' },
  seed: { value: 'N', help: 'for what is drawn', default: '1' },
};

async function main(): Promise<number> {
  const given = readOptions(process.argv.slice(2), flags);
  if (given['help'] === true) {
    const about = 'Measures the baseline that rescales BERTScore, and writes figures, no text.';
    process.stdout.write(helpText('npx tsx src/cli/measure-baseline.ts [options]', about, flags));
    return exitCodes.ok;
  }
  const path = textOf(given, 'dialogues');
  if (path === undefined) throw new LabError('bad-config', 'Name a file with --dialogues.');
  const seed = numberOf(given, 'seed', 1, { least: 0, most: 2 ** 31 - 2 });
  const most = numberOf(given, 'texts', 400, { least: 2, most: 100_000 });
  const count = numberOf(given, 'pairs', 5000, { least: 1, most: 10_000_000 });
  const folder = textOf(given, 'encoder') ?? shippedEncoder('.');
  const bytes = await readFile(path).catch((reason: unknown) => {
    throw new LabError('bad-input', `Cannot read ${path}. Check --dialogues.`, String(reason));
  });
  const random = createRandom(deriveSeed('bert-baseline', seed));
  const texts = shuffled(parseRedial(bytes.toString('utf8')), random).flatMap(
    ({ turns, names }) => {
      const said = turns.filter(({ text }) => text.trim() !== '');
      const drawn = said[Math.floor(random() * said.length)]?.text;
      // Films stand there by their numbers.
      return drawn?.replace(/@(\d+)/g, (_mention, id: string) => names.get(id) ?? '') ?? [];
    },
  );
  const encoder = await openEncoder(folder);
  const vectors = (await encoder.encodeTokens(texts.slice(0, most))).filter(
    (one) => !isSilent(one),
  );
  const one = () => Math.floor(random() * vectors.length);
  const scores = Array.from({ length: count }, () => {
    const first = one();
    // Never a turn with itself.
    const second = (first + 1 + Math.floor(random() * (vectors.length - 1))) % vectors.length;
    const [a, b] = [vectors[first], vectors[second]];
    return a && b ? bertScore(a, b) : null;
  }).flatMap((score) => score ?? []);
  const mean = meanScore(scores);
  if (mean === null) throw new LabError('bad-input', `${path} holds fewer than two turns.`);
  const short = (value: number) => Number(value.toFixed(6));
  const baseline = {
    precision: short(mean.precision),
    recall: short(mean.recall),
    f1: short(mean.f1),
    pairs: scores.length,
    texts: vectors.length,
    source: 'ReDial',
    file: basename(path),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    seed,
    layer: encoder.info().layer,
    weights: encoder.info().hash,
    command: `npx tsx src/cli/measure-baseline.ts --dialogues ${basename(path)} --texts ${String(most)} --pairs ${String(count)} --seed ${String(seed)}`,
  };
  await writeFile(join(folder, 'baseline.json'), `${JSON.stringify(baseline, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(baseline)}\n`);
  return exitCodes.ok;
}

process.exitCode = await guarded(main);
