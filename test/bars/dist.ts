import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseRedial } from '../../src/lib/profile/redial';
import { createCorpus } from '../../src/lib/metrics/text/corpus';
import { diversityFigures } from '../../src/lib/metrics/text/diversity';
import { tally } from '../../src/lib/metrics/text/tally';

/*
 * Dist-4 of a file in ReDial's format against what models/golden/dist.py counted on it by sets of strings:
 *   npx tsx test/bars/dist.ts DIALOGUES.jsonl
 * Writes the figures, and no text, to test/bars/dist.json.
 */

interface Counted {
  sha256: string;
  responses: number;
  wordGrams: number;
  differentWordGrams: number;
  differentCharacterGrams: number;
  ratio: number;
  unicrs: number;
  crslab: number;
}

const bytes = readFileSync(process.argv[2] ?? '');
const expected = JSON.parse(readFileSync('test/golden/dist-redial.json', 'utf8')) as Counted;
const sha256 = createHash('sha256').update(bytes).digest('hex');
if (sha256 !== expected.sha256) {
  throw new Error('This is not the file that the golden values were counted on.');
}
const texts = parseRedial(bytes.toString('utf8')).map(({ turns }) => {
  const joined: { bySeeker: boolean; text: string }[] = [];
  for (const { bySeeker, text } of turns) {
    const last = joined.at(-1);
    if (last?.bySeeker === bySeeker) last.text += ` ${text}`;
    else joined.push({ bySeeker, text });
  }
  return joined.flatMap(({ bySeeker, text }) => (bySeeker ? [] : [text]));
});
const corpus = createCorpus(texts);
const figure = (id: string) => {
  const found = diversityFigures.find((one) => one.id === id);
  return found?.of(tally(corpus, found.unit, 4), 4) ?? NaN;
};
const words = tally(corpus, 'word', 4);
const found: Counted = {
  sha256,
  responses: corpus.responses,
  wordGrams: words.total,
  differentWordGrams: words.distinct,
  differentCharacterGrams: tally(corpus, 'character', 4).distinct,
  ratio: figure('ratio'),
  unicrs: figure('unicrs'),
  crslab: figure('crslab'),
};
const names = Object.keys(found) as (keyof Counted)[];
const differing = names.filter((name) =>
  typeof found[name] === 'number'
    ? Math.abs(found[name] - (expected[name] as number)) > 1e-9
    : found[name] !== expected[name],
);
writeFileSync(
  'test/bars/dist.json',
  `${JSON.stringify({ found, reproduced: differing.length === 0, differing }, null, 2)}\n`,
);
console.table({ found, expected });
process.exitCode = differing.length === 0 ? 0 : 1;
