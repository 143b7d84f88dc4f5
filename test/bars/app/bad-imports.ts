import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { badCases, readBad, type BadReport } from '../../unit/store/formats/bad-records';

/*
 * Bar app-3: bad import records by chance, between good ones, in three kinds of file.
 * npx tsx test/bars/app/bad-imports.ts [--n 10000]
 */

const seed = 2024;
const flag = process.argv.indexOf('--n');
const n = flag < 0 ? 10_000 : Number(process.argv[flag + 1]);
const reports: BadReport[] = [];
for (const given of badCases(n, seed)) {
  reports.push(await readBad(given));
  process.stdout.write(`${JSON.stringify(reports.at(-1))}\n`);
}
const harmed = '__harm' in globalThis || 'harm' in {};
const out = join('test', 'bars', 'app', 'bad-imports.json');
writeFileSync(out, `${JSON.stringify({ n, seed, harmed, reports }, null, 2)}\n`);
